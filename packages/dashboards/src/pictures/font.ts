import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const face = import.meta.resolve(
  '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2',
)

/** The face in which Hourglass writes, in the page itself: what is drawn asks no server. */
export const fontUrl = `data:font/woff2;base64,${readFileSync(fileURLToPath(face)).toString('base64')}`
