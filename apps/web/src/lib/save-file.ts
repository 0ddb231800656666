/** Gives the reader a file under a name; the browser asks where to, or puts it with the downloads. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun by then; the bytes need not stay in memory.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** A title as the part of a file's name that every system takes: "10B / Physics" becomes "10B Physics". */
export const toFileName = (title: string): string => title.replace(/[^\p{L}\p{N}._-]+/gu, ' ').trim() || 'file'
