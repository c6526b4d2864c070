import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Phrase } from '../../../kernel/phrase.ts'
import { listTerms } from '../../../modules/terms/terms.api.ts'
import { useFilters } from '../../filters.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { phraseText, useWords } from '../../words.ts'
import { TermsForm } from './terms-form.tsx'

/** Payment terms with their sentence; the chosen one (or a new one) stands beside the list. */
export function TermsPage() {
  const words = useWords('terms')
  const { may } = useSession()
  const { values, set } = useFilters({ id: '' })
  const terms = useApi(listTerms)
  const chosen = terms.data?.items.find((one) => one.id === values.id)
  return (
    <>
      <PageHead
        title={words('title')}
        meta={words('meta')}
        actions={
          may('terms.edit') && values.id !== 'new' && !chosen ? (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => set({ id: 'new' })}>
              {words('new')}
            </Button>
          ) : null
        }
      />
      <div className={chosen || values.id === 'new' ? 'stack' : ''}>
        {chosen || values.id === 'new' ? (
          <TermsForm key={`${values.id} ${chosen?.version ?? 0}`} terms={chosen} onClose={() => set({ id: '' })} />
        ) : null}
        <Panel flush>
          <Loaded query={terms}>
            {({ items }) => (
              <DataTable
                name="terms"
                label={words('title')}
                rows={items}
                rowKey={(row) => row.id}
                to={(row) => paths.paymentTerms({ id: row.id })}
                empty={<EmptyState title={words('none')} text={words('noneHelp')} />}
                phoneRow={(row) => ({
                  title: row.name,
                  amount: row.code,
                  reason: row.sentence.map((said) => phraseText(said as Phrase)).join(words('shared:join.clauses')),
                  mark: '',
                })}
                columns={[
                  { key: 'code', title: words('code'), width: 110, render: (row) => row.code },
                  { key: 'name', title: words('name'), width: 220, render: (row) => row.name },
                  {
                    key: 'sentence',
                    title: words('meaning'),
                    render: (row) => (
                      <span className="wrapped">
                        {row.sentence.map((said) => phraseText(said as Phrase)).join(words('shared:join.clauses'))}
                      </span>
                    ),
                  },
                  { key: 'status', title: words('status'), width: 90, render: (row) => <Status word={row.status} plain /> },
                ]}
              />
            )}
          </Loaded>
        </Panel>
      </div>
    </>
  )
}
