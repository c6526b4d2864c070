import { createContext, type ReactNode, use } from 'react'

/** An entry of the sider. `word` is a key of the namespace `shell`; `keys` is the two-key way there (G then H). */
export type NavigationEntry = {
  word: string
  to: string
  icon?: ReactNode
  keys?: string
  count?: 'approvals'
  children?: readonly NavigationEntry[]
}

/** What this person sees of the navigation; the frame fills it, so that a page need not know the other pages. */
export const NavigationContext = createContext<readonly NavigationEntry[]>([])

export function useNavigation(): readonly NavigationEntry[] {
  return use(NavigationContext)
}

/** Every leaf, for the search dialog and the two-key ways. */
export function leaves(list: readonly NavigationEntry[]): NavigationEntry[] {
  return list.flatMap((entry) => (entry.children ? leaves(entry.children) : [entry]))
}

/** The leaf whose address is the longest beginning of `pathname`. */
export function currentLeaf(list: readonly NavigationEntry[], pathname: string): NavigationEntry | undefined {
  return leaves(list)
    .filter((leaf) => pathname === leaf.to || (leaf.to !== '/' && pathname.startsWith(`${leaf.to}/`)))
    .sort((a, b) => b.to.length - a.to.length)[0]
}
