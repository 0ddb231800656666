import { run } from './run'

/** The name of a stand-in, without what tells its versions apart. */
export const standInOf = (name: string): string => `localhost/hourglass-stand-in/${name}`

/** `buildah bud` without a daemon and without a registry. */
export const build = (args: readonly string[]): Promise<string> =>
  run(['buildah', 'bud', '--isolation=chroot', '--pull-never', '--format=docker', '--layers', '-q', ...args])

export const exists = (image: string): Promise<boolean> =>
  run(['podman', 'image', 'exists', image]).then(
    () => true,
    () => false,
  )
