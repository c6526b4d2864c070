-- Due days that were counted from a planned delivery are counted anew from the real one: the contract's day and the day the terms count from follow.
grant update (contract_due_on, terms) on ar.receivables to app_rw, app_scoped;
