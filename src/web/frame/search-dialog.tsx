import { SearchOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Input, Modal } from 'antd'
import { useDeferredValue, useState } from 'react'
import { send } from '../api.ts'
import type { ApiProblem } from '../api-problem.ts'
import { apiUrl } from '../api-url.ts'
import { leaves, type NavigationEntry } from '../navigation-entry.ts'
import { Amount } from '../ui/amount.tsx'
import { useKeys } from '../ui/keys.tsx'
import { toggle } from '../ui/toggle.ts'
import { problemSentence, useWords } from '../words.ts'

/** One find: `path` is the page's address, `detail` one quiet fact, `amount` a decimal string. */
type SearchResult = { path: string; title: string; detail?: string; amount?: string }

const dialog = toggle()

export function openSearch(): void {
  dialog.set(true)
}

/** `Ctrl K`: customers, numbers and exact amounts from the server, pages from the navigation. Arrows and Enter work. */
export function SearchDialog({ navigation }: { navigation: readonly NavigationEntry[] }) {
  const words = useWords('shell')
  const open = dialog.useValue()
  useKeys([{ keys: 'mod+k', label: words('search.title'), run: openSearch, inFields: true }])
  return (
    <Modal
      open={open}
      onCancel={() => dialog.set(false)}
      footer={null}
      title={words('search.title')}
      destroyOnHidden
      className="search-dialog"
    >
      {open ? <Search navigation={navigation} /> : null}
    </Modal>
  )
}

function Search({ navigation }: { navigation: readonly NavigationEntry[] }) {
  const words = useWords('shell')
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const { results, problem } = useResults(useDeferredValue(text.trim()), navigation)
  const chosen = Math.min(at, results.length - 1)
  const go = (result: SearchResult | undefined) => {
    if (!result) return
    dialog.set(false)
    void navigate({ to: result.path })
  }
  return (
    <>
      <Input
        autoFocus
        allowClear
        prefix={<SearchOutlined aria-hidden />}
        placeholder={words('search.prompt')}
        aria-label={words('search.prompt')}
        aria-controls="search-results"
        aria-activedescendant={`search-${chosen}`}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') go(results[chosen])
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          setAt(Math.max(0, Math.min(results.length - 1, chosen + (event.key === 'ArrowDown' ? 1 : -1))))
        }}
      />
      <div id="search-results" role="listbox" aria-label={words('search.title')} className="search-results">
        {results.map((result, index) => (
          <Result key={result.path} id={`search-${index}`} result={result} chosen={index === chosen} onChoose={() => go(result)} />
        ))}
      </div>
      {problem ? <p className="danger">{problemSentence(problem)}</p> : null}
      {results.length === 0 && !problem ? <p className="secondary">{words('search.nothing')}</p> : null}
    </>
  )
}

function Result({ id, result, chosen, onChoose }: { id: string; result: SearchResult; chosen: boolean; onChoose: () => void }) {
  return (
    <button type="button" role="option" id={id} aria-selected={chosen} tabIndex={-1} className="search-result" onClick={onChoose}>
      <b className="cut">{result.title}</b>
      <span className="grow cut muted">{result.detail}</span>
      {result.amount === undefined ? null : <Amount value={result.amount} />}
    </button>
  )
}

/** Pages that match by name, then what the server finds; shorter texts than two characters are not sent. */
function useResults(text: string, navigation: readonly NavigationEntry[]): { results: SearchResult[]; problem: ApiProblem | null } {
  const words = useWords('shell')
  const pages = leaves(navigation)
    .map((leaf) => ({ path: leaf.to, title: words(leaf.word), detail: words('search.page') }))
    .filter((page) => page.title.toLowerCase().includes(text.toLowerCase()))
  const found = useQuery<{ items: SearchResult[] }, ApiProblem>({
    queryKey: ['/api/search', text],
    queryFn: async ({ signal }) => (await send('GET', apiUrl('/api/search', {}, { q: text }), { signal })).json(),
    enabled: text.length >= 2,
    placeholderData: keepPreviousData,
    retry: false,
  })
  const isThere = found.error?.status !== 404
  return { results: [...pages, ...(text.length >= 2 ? (found.data?.items ?? []) : [])], problem: isThere ? found.error : null }
}
