import { expect } from 'vitest'
import { PROBLEM_CONTENT_TYPE, PROBLEMS, type Problem, problemSchema } from '#contracts/problem.ts'
import type { Answer } from './request-from.ts'

/** One of the listed problems, whole and in its one shape, below 500. Answers it. */
export function expectListedProblem({ status, headers, text }: Answer, what: string): Problem {
  expect({ what, text, type: headers['content-type'] }).toMatchObject({ type: PROBLEM_CONTENT_TYPE })
  const problem = problemSchema.strict().parse(JSON.parse(text))
  expect({ what, status, problem }).toMatchObject({
    status: PROBLEMS[problem.code].status,
    problem: { status, title: PROBLEMS[problem.code].title, requestId: headers['x-request-id'] },
  })
  expect({ what, text, below500: status < 500 }).toMatchObject({ below500: true })
  return problem
}
