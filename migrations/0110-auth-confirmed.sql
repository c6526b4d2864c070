-- When the person of a session last showed the password or a code again: steps that move money or open doors ask for it.
alter table auth.sessions add column confirmed_at timestamptz;
