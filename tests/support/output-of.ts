import { spawn } from 'node:child_process'

export type Output = { code: number | null; stdout: string; stderr: string }

/** Runs a program to its end, with `input` as what it reads. */
export async function outputOf(command: string, args: readonly string[], input = ''): Promise<Output> {
  const child = spawn(command, args)
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, stdout, stderr }
}
