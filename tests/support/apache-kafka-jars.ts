import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export const APACHE_KAFKA_VERSION = '4.3.1'
const NEEDS_JAVA = 17
/** A connection that hangs must not hang the run. */
const FETCH_WITHIN_MS = 10 * 60_000
const FETCH_TRIES = 2

/**
 * Apache Kafka's broker and command-line tools as a Java class path. They are ordinary Maven artifacts, fetched once
 * and kept in a cache folder (XDG_CACHE_HOME, else ~/.cache).
 */
export function apacheKafkaJars(version = APACHE_KAFKA_VERSION): { classpath: string } | { skipped: string } {
  const java = javaVersion()
  if (java < NEEDS_JAVA)
    return { skipped: `Java ${NEEDS_JAVA} or newer is needed${java ? `, this is ${java}` : ''}` }
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'rider-live')
  const jars = join(cache, `apache-kafka-${version}`)
  let problem: string | null = null
  // Maven keeps what it has got so far, so a second try has less to do.
  for (let attempt = 1; attempt <= FETCH_TRIES && !existsSync(jars); attempt += 1)
    problem = fetchJars(version, cache, jars)
  if (problem && !existsSync(jars)) return { skipped: problem }
  return { classpath: join(jars, '*') }
}

/** The folder appears whole or not at all: another run may be looking for it. Answers what went wrong. */
function fetchJars(version: string, cache: string, jars: string): string | null {
  console.log(`Fetching the jars of Apache Kafka ${version} with Maven, once…`)
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(join(cache, 'fetching-'))
  try {
    const pom = join(draft, 'pom.xml')
    writeFileSync(pom, pomFor(version))
    execFileSync(
      'mvn',
      ['-q', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${join(draft, 'jars')}`],
      { stdio: 'pipe', timeout: FETCH_WITHIN_MS },
    )
    if (!existsSync(jars)) renameSync(join(draft, 'jars'), jars)
    return null
  } catch (error) {
    return `its jars could not be fetched with Maven (${error instanceof Error ? error.message.split('\n')[0] : error})`
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function javaVersion(): number {
  try {
    const words = execFileSync('java', ['--version'], { stdio: 'pipe' }).toString()
    return Number(/^\S+ (\d+)/.exec(words)?.[1] ?? 0)
  } catch {
    return 0
  }
}

function pomFor(version: string): string {
  const dependency = (artifact: string) =>
    `<dependency><groupId>org.apache.kafka</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>rider-live</groupId><artifactId>apache-kafka</artifactId><version>1</version>
  <dependencies>${dependency('kafka_2.13')}${dependency('kafka-tools')}</dependencies>
</project>
`
}
