import { Link } from '@tanstack/react-router'
import type { listCustomers } from '../../../modules/customers/customers.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import type { ApiQuery } from '../../queries.ts'
import { Amount } from '../../ui/amount.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Overdue } from '../../ui/overdue.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'

type Customers = Answer<typeof listCustomers>

/** The customers with most overdue: name, amount, oldest day; the panel's link is the whole list. */
export function OverduePanel({ query }: { query: ApiQuery<Customers> }) {
  const words = useWords('shell')
  return (
    <Panel
      title={words('home.mostOverdue')}
      sub={query.data ? query.data.currency : undefined}
      extra={<Link to={paths.customers({ sort: '-overdue', hasOverdue: 'true' })}>{words('home.allOverdue')}</Link>}
      flush
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? <p className="panel-body secondary">{words('home.nobodyOverdue')}</p> : <OwingList items={items} />
        }
      </Loaded>
    </Panel>
  )
}

function OwingList({ items }: { items: Customers['items'] }) {
  return (
    <ul>
      {items.map((one) => (
        <li key={one.id}>
          <Link to={paths.customer({ id: one.id })} className="home-line home-owing">
            <span className="row between">
              <b className="cut accent">{one.name}</b>
              <Amount value={one.overdue} strong />
            </span>
            <span className="row between">
              <Overdue days={one.oldestOverdueDays} />
              {one.onHold ? <Status word="creditHold" plain /> : null}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
