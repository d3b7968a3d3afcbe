import { parseSync, Visitor } from 'oxc-parser'

type Node = { type: string; start: number; end: number } & Record<string, unknown>
type Child = { kind: 'element' | 'words' | 'unknown'; node: Node }

/**
 * Words in JSX that are not the only child of an element. Page translators replace text nodes by elements of their own;
 * React goes on with the nodes it made, and fails, or changes words that nobody sees any more. Only words that are the
 * one string of an element are set anew as a whole. What cannot be told from the source, e.g. a variable beside an
 * element, counts as words, but for the one named `elements`.
 */
export function findBareWords(path: string, source: string, elements?: string): string[] {
  const { program, errors } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const found: string[] = []
  const judge = (children: Child[], isAlone: boolean) => {
    if (isAlone && children.length <= 1) return
    for (const { kind, node } of children)
      if (kind !== 'element' && !(node.type === 'Identifier' && node.name === elements)) {
        const line = source.slice(0, node.start).split('\n').length
        found.push(`${path}:${line} ${source.slice(node.start, node.end).trim()}`)
      }
  }
  new Visitor({
    JSXElement: (element) => judge((element.children as unknown as Node[]).flatMap(childOf), true),
    // What stands in a fragment will stand beside whatever is around it.
    JSXFragment: (fragment) => judge((fragment.children as unknown as Node[]).flatMap(childOf), false),
  }).visit(program)
  return found
}

function childOf(node: Node): Child[] {
  switch (node.type) {
    case 'JSXText': {
      // Lines are trimmed, and empty ones dropped (JSX); a blank within a line is words as well.
      const value = String(node.value)
      const words = value.includes('\n') ? value.trim() : value
      return words === '' ? [] : [{ kind: 'words', node }]
    }
    case 'JSXExpressionContainer':
      return shownBy(node.expression as Node)
    default:
      return [{ kind: 'element', node }]
  }
}

/** What an expression puts on the page; nothing for null, booleans and comments. */
function shownBy(node: Node): Child[] {
  switch (node.type) {
    case 'JSXElement':
    case 'JSXFragment':
      return [{ kind: 'element', node }]
    case 'JSXEmptyExpression':
      return []
    case 'Literal':
      return node.value === null || typeof node.value === 'boolean' ? [] : [{ kind: 'words', node }]
    case 'ParenthesizedExpression':
    case 'ChainExpression':
      return shownBy(node.expression as Node)
    case 'LogicalExpression':
      return oneOf(node.operator === '&&' ? [node.right] : [node.left, node.right], node)
    case 'ConditionalExpression':
      return oneOf([node.consequent, node.alternate], node)
    case 'CallExpression':
      return isMapToElements(node) ? [{ kind: 'element', node }] : [{ kind: 'unknown', node }]
    case 'TemplateLiteral':
    case 'BinaryExpression':
      return [{ kind: 'words', node }]
    default:
      return [{ kind: 'unknown', node }]
  }
}

function oneOf(branches: unknown[], node: Node): Child[] {
  const kinds = branches.flatMap((branch) => shownBy(branch as Node)).map(({ kind }) => kind)
  const worst = kinds.find((kind) => kind !== 'element') ?? kinds[0]
  return worst ? [{ kind: worst, node }] : []
}

function isMapToElements(call: Node): boolean {
  const callee = call.callee as Node
  if (callee.type !== 'MemberExpression' || (callee.property as Node).name !== 'map') return false
  const callback = (call.arguments as Node[])[0]
  if (callback?.type !== 'ArrowFunctionExpression') return false
  const body = callback.body as Node
  const returned =
    body.type === 'BlockStatement'
      ? (body.body as Node[]).filter(({ type }) => type === 'ReturnStatement').map(({ argument }) => argument)
      : [body]
  return returned.every((value) => shownBy(value as Node).every(({ kind }) => kind === 'element'))
}
