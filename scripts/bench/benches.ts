import { ageingBench } from './ageing.ts'
import { bulkAllocation } from './bulk-allocation.ts'
import { bulkPosting } from './bulk-posting.ts'
import { customerPage } from './customer-page.ts'
import { dunningBench } from './dunning.ts'
import { homeBench } from './home.ts'
import { importBench } from './import.ts'
import { mixed } from './mixed.ts'
import { openReceivablesBench } from './open-receivables.ts'
import { orders } from './orders.ts'
import { receipts } from './receipts.ts'
import { reportsBench } from './reports.ts'

/** One line a benchmark; each stands beside its limit of performance.md. */
export const benches: Readonly<Record<string, { readonly what: string; readonly run: (size: string) => Promise<void> }>> = {
  bulk: { what: 'bulk posting and bulk receipts while the facts are loaded', run: bulkPosting },
  open: { what: '10,000 receivables opened in chunks of 5,000', run: openReceivablesBench },
  orders: { what: 'an order submitted, checked, approved and posted, one per transaction, through HTTP', run: orders },
  receipts: { what: 'a confirmed receipt allocated, with voucher and audit, one per transaction, through HTTP', run: receipts },
  allocate: { what: '1,000 receipts to 1,000 receivables at once', run: bulkAllocation },
  import: { what: 'an xlsx of open items, from upload to posted', run: importBench },
  mixed: { what: 'writes and reads of fifty companies at a fixed rate, the books proven meanwhile', run: mixed },
  ageing: { what: 'ageing by every dimension, today and of past days; the proof; verify', run: ageingBench },
  dunning: { what: 'a day of dunning, without and with messages', run: dunningBench },
  reports: { what: 'every report, the documents behind a figure, the longest export', run: reportsBench },
  home: { what: 'the home page, panel by panel and at once, through HTTP', run: homeBench },
  pages: { what: 'one customer’s page, the ledger, through HTTP', run: customerPage },
}
