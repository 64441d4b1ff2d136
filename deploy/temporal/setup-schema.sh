#!/bin/sh
# Makes Temporal's two databases and brings them to the version of this server. Doing it again changes nothing, so it
# runs before each start of the server; after an upgrade it is what migrates.
#
# Environment: POSTGRES_HOST, POSTGRES_PORT, DB_USER, DB_PASSWORD; TEMPORAL_SCHEMA, the folder with the versioned schema.
set -eu

schema=${TEMPORAL_SCHEMA:-/etc/temporal/schema/postgresql/v12}
# Where the tool looks for the password, so that it stands in no list of processes.
export SQL_PASSWORD="$DB_PASSWORD"

bring_up_to_date() {
  tool="temporal-sql-tool --plugin postgres12 --endpoint $POSTGRES_HOST --port ${POSTGRES_PORT:-5432} --user $DB_USER --database $1"
  $tool create-database
  $tool setup-schema --version 0.0
  $tool update-schema --schema-dir "$schema/$2/versioned"
}

bring_up_to_date temporal temporal
bring_up_to_date temporal_visibility visibility
