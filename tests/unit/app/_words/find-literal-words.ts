import { parseSync } from 'oxc-parser'

type Node = { type: string; start: number; end: number } & Record<string, unknown>

/** Attributes and members whose text is shown or read out. */
const SHOWN =
  /^(aria-(label|description|roledescription|valuetext)|alt|title|placeholder|label|legend|hint|words|copyLabel|detail)$/
/** Names and terms that are the same in every language. */
const NAMES =
  /\b(Rider Live|HTTP|POST|GET|PUT|DELETE|JSON|Kafka|Socket\.IO|WebSocket|OpenAPI|AsyncAPI|PostgreSQL|Leaflet|URL|seq|ms|history)\b/g
const LETTERS = /\p{L}{2}/u
/** A sentence, wherever it stands: a capital, and a second word. */
const SENTENCE = /^\p{Lu}\p{Ll}+[,’]?\p{L}* \p{Ll}/u

/**
 * Words of the page that stand outside a word table: literal text in JSX, in attributes that are shown or read out, and
 * sentences anywhere but in a table, an error or the console; also texts of a table that are put together there, and what
 * tells the languages apart by hand.
 */
export function findLiteralWords(path: string, source: string): string[] {
  const { program, errors } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const found: string[] = []
  const visit = (node: Node, above: readonly Node[]) => {
    if (isLiteralWords(node, above) || isPutTogether(node, above) || tellsLanguagesApart(node)) {
      const line = source.slice(0, node.start).split('\n').length
      found.push(`${path}:${line} ${source.slice(node.start, node.end).trim()}`)
    }
    for (const child of childrenOf(node)) visit(child, [node, ...above])
  }
  visit(program as unknown as Node, [])
  return found
}

function isLiteralWords(node: Node, above: readonly Node[]): boolean {
  const text = textOf(node)
  if (text === null || !LETTERS.test(text.replaceAll(NAMES, '')) || isInTable(above)) return false
  return isShown(node, above) || (SENTENCE.test(text) && !isForEngineers(above))
}

function textOf(node: Node): string | null {
  if (node.type === 'JSXText') return String(node.value)
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null
  if (node.type !== 'TemplateLiteral') return null
  const pieces = (node.quasis as Node[]).map(({ value }) => (value as { cooked: string }).cooked)
  return pieces.join(' ')
}

/** `{ en: '…', ko: '…' }`, of any depth. */
function isInTable(above: readonly Node[]): boolean {
  return above.some((node) => node.type === 'Property' && ['en', 'ko'].includes(nameOf(node.key as Node)))
}

/** Directly in JSX, or as one of the values that an expression there can have. */
function isShown(node: Node, above: readonly Node[]): boolean {
  if (node.type === 'JSXText') return true
  const [holder, ...outer] = above.slice(above.findIndex((each) => !isPartOfText(each)))
  if (holder?.type === 'JSXAttribute') return SHOWN.test(nameOf(holder.name as Node))
  if (holder?.type !== 'JSXExpressionContainer') return false
  const [around] = outer
  return around?.type === 'JSXAttribute' ? SHOWN.test(nameOf(around.name as Node)) : true
}
const CHOICES = new Set([
  'ConditionalExpression',
  'LogicalExpression',
  'ParenthesizedExpression',
  'TemplateLiteral',
])
const isPartOfText = ({ type, operator }: Node) =>
  CHOICES.has(type) || (type === 'BinaryExpression' && operator === '+')

/** Errors and the console are not for readers; a class list and a type are no text. */
function isForEngineers(above: readonly Node[]): boolean {
  return above.some(
    ({ type, callee, name }) =>
      (type === 'NewExpression' && /Error$/.test(nameOf(callee as Node))) ||
      (type === 'CallExpression' &&
        nameOf((callee as { object?: Node }).object ?? (callee as Node)) === 'console') ||
      (type === 'JSXAttribute' && !SHOWN.test(nameOf(name as Node))) ||
      (type.startsWith('TS') && type.includes('Type')),
  )
}

/** A translator must be given `{name}`, not what it was once filled with. */
function isPutTogether(node: Node, above: readonly Node[]): boolean {
  return (
    node.type === 'TemplateLiteral' && (node.expressions as Node[]).length > 0 && isInTable(above.slice(0, 1))
  )
}

function tellsLanguagesApart({ type, operator, left, right }: Node): boolean {
  return (
    type === 'BinaryExpression' &&
    /^[!=]==$/.test(String(operator)) &&
    [left, right].some((side) => ['en', 'ko'].includes(String((side as Node).value)))
  )
}

function nameOf(node: Node | undefined): string {
  return String(node?.name ?? node?.value ?? '')
}

function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter((value): value is Node => typeof value === 'object' && value !== null && 'type' in value)
}
