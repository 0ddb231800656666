import { findDebianProgram } from '../install/debian-program'

/** With it comes amtool, which checks configurations. */
const debianPackage = { name: 'prometheus-alertmanager', version: '0.25.0-1+b4' }

/** The path of Alertmanager's program; installs it the first time. */
export const findAlertmanager = (): string => findDebianProgram('prometheus-alertmanager', debianPackage)

/** The path of amtool; installs it the first time. */
export const findAmtool = (): string => findDebianProgram('amtool', debianPackage)
