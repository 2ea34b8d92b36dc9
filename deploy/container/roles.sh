#!/bin/sh
# Run by the PostgreSQL image at its first start: the roles and databases, as deploy/run makes them.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --set owner="$KREISLAUF_DB_OWNER_PASSWORD" --set app="$KREISLAUF_DB_PASSWORD" --set keycloak="$KEYCLOAK_DB_PASSWORD" <<'SQL'
create role kreislauf_owner login password :'owner';
create role kreislauf_app login password :'app';
create role keycloak login password :'keycloak';
create database kreislauf owner kreislauf_owner;
create database keycloak owner keycloak;
revoke connect on database kreislauf, keycloak from public;
grant connect on database kreislauf to kreislauf_app;
SQL
