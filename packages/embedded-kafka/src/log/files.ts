import { closeSync, fdatasyncSync, openSync, readSync, renameSync, writeFileSync, writeSync } from 'node:fs'

/**
 * File calls of the log are synchronous on purpose. They touch the page cache, not the disk (fsync alone waits
 * for the disk, and is never called on this path), so one takes a few microseconds; a trip through the thread
 * pool takes fifty and would let two appends to one partition overtake each other.
 */
export function writeAll(fd: number, bytes: Buffer, position: number): void {
  let written = 0
  while (written < bytes.length) {
    written += writeSync(fd, bytes, written, bytes.length - written, position + written)
  }
}

/** Fills `into` from `position`; returns how many bytes there were. */
export function readFully(fd: number, into: Buffer, position: number): number {
  let read = 0
  while (read < into.length) {
    const count = readSync(fd, into, read, into.length - read, position + read)
    if (count === 0) break
    read += count
  }
  return read
}

/** Replaces a small file whole: a reader, or a crash, sees the old content or the new, never a mixture. */
export function replaceFile(path: string, content: string | Buffer): void {
  const temporary = `${path}.tmp`
  writeFileSync(temporary, content)
  renameSync(temporary, path)
}

/** The same, waiting for the disk: a power cut cannot leave an empty file behind either. For rare occasions. */
export function replaceFileDurably(path: string, content: string | Buffer): void {
  const temporary = `${path}.tmp`
  const fd = openSync(temporary, 'w')
  try {
    writeFileSync(fd, content)
    fdatasyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(temporary, path)
}
