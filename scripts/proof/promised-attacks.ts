import type { Promised } from './promise.ts'

const PORTAL = 'a portal for customers'
const CHANNELS = 'payment channels'
const BANK = 'bank statements'
const AI = 'texts written by a model'

/** What somebody may try against it. */
export const attacks: readonly Promised[] = [
  ['T01', 'Another company named in a header'], ['T02', 'Another company named in a body or query'], ['T03', 'Documents of another company by id'], ['T04', 'Ids of another company inside a body'],
  ['T05', 'Lists with ids of two companies'], ['T06', 'Files and exports of another company'], ['T07', 'A pooled connection that remembers its last company'], ['T08', 'A job for another company'],
  ['T09', 'Totals and refusals that tell of another company'], ['T10', 'Documents outside one’s own scope, on every way'], ['T11', 'SQL without a company'], ['T12', 'Every route without signing in'],
  ['T13', 'Every route with every role'], ['T14', 'A refused write that wrote something'], ['T15', 'Fields that nobody may set'], ['T16', 'Fields that a role may not see'],
  ['T17', 'Approving one’s own'], ['T18', 'Skipping a step'], ['T19', 'Changing what was approved'], ['T20', 'Splitting an order to stay below a limit'],
  ['T21', 'Reports as a way around rights'], ['T22', 'Giving oneself rights'], ['T23', 'Sessions, keys and jobs of somebody who was disabled'], ['T24', 'Deciding for somebody outside the days of the delegation'],
  ['T25', 'A customer in the portal sees another', PORTAL], ['T26', 'The operator reads in silence', 'operators of several companies'], ['T27', 'Guessing passwords and codes'], ['T28', 'Password links used twice or of others'],
  ['T29', 'Forged tokens'], ['T30', 'Stolen cookies, foreign sites, frames'], ['T31', 'Ways around the second factor'], ['T32', 'High-value steps on an old session'],
  ['T33', 'A leaked secret'], ['T34', 'SQL in filters, sorting and searches'], ['T35', 'Names of columns from users'], ['T36', 'Code in templates'],
  ['T37', 'Templates that eat time and memory'], ['T38', 'Scripts in names and notes'], ['T39', 'Files that are two things at once'], ['T40', 'Formulas in exports'],
  ['T41', 'Entities and bombs in XML'], ['T42', 'Archives that unpack without end'], ['T43', 'Broken files'], ['T44', 'Paths in names of files'],
  ['T45', 'Headers and recipients in addresses'], ['T46', 'Addresses inside the own network'], ['T47', 'Printing that reads files', 'printing of HTML'], ['T48', 'Prototype pollution'],
  ['T49', 'JSON that is read in two ways'], ['T50', 'Secrets and line breaks in logs'], ['T51', 'Look-alike characters'], ['T52', 'Orders to a model', AI],
  ['T53', 'Code in rules'], ['T54', 'One receipt allocated twice at once'], ['T55', 'One receivable paid twice at once'], ['T56', 'Passing a credit limit by being quick'],
  ['T57', 'Passing a credit limit by detours'], ['T58', 'Passing the limit of a group'], ['T59', 'Amounts that are none'], ['T60', 'Allocating across companies, customers, currencies, dead documents'],
  ['T61', 'Discounts too late or twice'], ['T62', 'Giving back more than there is', 'refunds'], ['T63', 'Changing our own bank account', 'bank accounts on documents to customers'], ['T64', 'Numbers under load'],
  ['T65', 'Rounding'], ['T66', 'Posting into a closed month, by any way'], ['T67', 'Closing while somebody posts'], ['T68', 'Changing what is booked'],
  ['T69', 'A superuser changes rows'], ['T70', 'A promise changed later', 'promises to pay'], ['T71', 'Ageing against ledger, vouchers and account'], ['T72', 'Past reports changed by later postings'],
  ['T73', 'Copying all data out', 'quotas on exports'], ['T74', 'Sending mails at our cost'], ['T75', 'Forged payment messages', CHANNELS], ['T76', 'True signature, wrong amount', CHANNELS],
  ['T77', 'Payment messages again and out of order', CHANNELS], ['T78', 'Timing of comparisons', CHANNELS], ['T79', 'A crash between the commit and the answer'], ['T80', 'The same call again'],
  ['T81', 'The same bank file again', BANK], ['T82', 'A platform that answers too late', 'connections to other systems'], ['T83', 'A mail that may have gone out or not'], ['T84', 'Schedulers too often, or not at all'],
  ['T85', 'Dunning somebody who has just paid'], ['T86', 'A mail to the wrong customer'], ['T87', 'Registers that answer nonsense', 'connections to registers'], ['T88', 'Receivers of our messages that are slow', 'outgoing messages to systems'],
  ['T89', 'API keys without bounds'], ['T90', 'Requests that eat the server'], ['T91', 'Slow and endless connections'], ['T92', 'Regular expressions without end'],
  ['T93', 'One company starves the others'], ['T94', 'The database is away, and comes back'], ['T95', 'Processes that are killed'], ['T96', 'A full disk'],
  ['T97', 'Account numbers in files of the database', 'encrypted fields'], ['T98', 'Secrets moved to another row', 'encrypted fields'], ['T99', 'Searching what is encrypted', 'encrypted fields'], ['T100', 'A person asks for erasure', 'erasure of persons'],
  ['T101', 'Keeping too short or too long', 'a job that deletes'], ['T102', 'Real data in a demonstration'], ['T103', 'A backup that is broken'], ['T104', 'A restored installation that sends'],
  ['T105', 'A migration half done'], ['T106', 'Dependencies that were tampered with'], ['T107', 'Secrets in the repository or in the browser'], ['T108', 'Headers of answers'],
  ['T109', 'Clocks and zones'], ['T110', 'Writes without an audit entry'], ['T111', 'An auditor changes the audit log'], ['T112', 'A lock or a constraint that somebody removed'],
  ['T113', 'Documents named in helping routes'], ['T114', 'Downloads of any document'], ['T115', 'Bulk actions without the right'], ['T116', 'Links made from a forged host'],
  ['T117', 'Set-up and test routes after installation'], ['T118', 'Preferences as code'], ['T119', 'Amounts as code'], ['T120', 'Stored secrets read back'],
] // biome-ignore format: a list
