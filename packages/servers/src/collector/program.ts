import { buildGoTool } from '../install/go-tool'

/** The path of our OpenTelemetry Collector; builds it the first time. */
export const findCollector = (): Promise<string> => buildGoTool({ name: 'collector', folder: 'collector' })
