import { memo } from 'react'
import { secondWords } from '#app/_words/times.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { PostLine } from '../ride/rider-state.ts'
import { WORDS } from './words.ts'

/** Every POST as it was answered, newest first. */
export const PostList = memo(function PostList({ posts }: { posts: readonly PostLine[] }) {
  const say = useSay()
  return (
    <section aria-labelledby="posts-title" className="flex min-h-40 flex-1 flex-col">
      <h2 id="posts-title" className="mb-2 text-sm font-medium text-muted">
        {say(WORDS.requests)}
      </h2>
      {posts.length === 0 && <p className="text-sm text-muted">{say(WORDS.noRequests)}</p>}
      <ol data-testid="posts" className="grid grid-cols-[minmax(0,1fr)] gap-px text-note tabular-nums">
        {posts.map((post) => (
          <li
            key={post.id}
            data-testid="post"
            data-code={post.status ?? 'none'}
            className="flex flex-wrap items-baseline gap-x-2 border-b border-line/60 py-1.5"
          >
            <time className="w-[4.5rem] text-muted" dateTime={new Date(post.atMs).toISOString()}>
              {secondWords(post.atMs)}
            </time>
            <code className="min-w-0 flex-1 basis-20 truncate font-sans font-medium">{`POST ${post.what}`}</code>
            <code
              className={`font-sans font-semibold ${post.problem ? 'text-danger' : 'text-accent-soft-ink'}`}
            >
              {[post.status, post.problem].filter(Boolean).join(' ')}
            </code>
            <span className="min-w-14 text-right text-muted">{`${post.tookMs} ms`}</span>
          </li>
        ))}
      </ol>
    </section>
  )
})
