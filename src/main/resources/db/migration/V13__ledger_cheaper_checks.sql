-- The same checks of accounts and commodities without capturing groups, which the pattern matcher pays for on every entry.

alter table ledger_entry
    drop constraint ledger_entry_commodities,
    drop constraint ledger_entry_accounts,
    add constraint ledger_entry_commodities check (
        array_to_string(commodities, ' ') || ' ' ~ '^(?:(?:LABOUR|LABOUR_DECLARED|(?:OUTSIDE:)?[A-Z]{3}) )+$' or cardinality(commodities) = 0),
    add constraint ledger_entry_accounts check (
        array_to_string(accounts, ' ') || ' ' ~ '^(?:(?:CASH|ESCROW|RECEIVABLE|MEANS|PRODUCTION|COMMODITY|REVENUE|COST_OF_SALES|WAGES_DUE|SUPPLIERS_DUE|DEFERRED|CAPITAL|WAGES_RECEIVABLE|WAGES|EXPENSES|EXPENDED|CIRCULATION|EXCHANGE|GIVEN|RECEIVED|LOST|UNREALISED)(?::[a-z0-9][a-z0-9-]*){0,2} )+$'
        or cardinality(accounts) = 0);
