// What `--help` prints.

export const help = `Usage: pgmigrate-lint [lint] [PATH…]      say what in the migrations is unsafe
       pgmigrate-lint explain [PATH…]     say what each statement will lock and do
       pgmigrate-lint trace [PATH…]       run each statement on a PostgreSQL, and say what it did
       pgmigrate-lint baseline [PATH…]    write down what is found, so that later runs report only what is new
       pgmigrate-lint rules [ID]          list the rules, or print the document of one
       pgmigrate-lint init                write a configuration, a hook and a workflow for this project

PATH is a file, a directory, a glob, or - for standard input. Without one, the migrations
that .pgmigrate-lint.yml names, or those that are found. Naming files lints those files; the files before them in
their directory are replayed as history.

Options
  --format NAME[=FILE]   pretty (default), json, sarif, github, gitlab, junit,
                         unix or markdown; may be repeated
  --postgres N           the oldest major version that the migrations run on, 14–18 (default: 14)
  --framework NAME       the tool that runs the migrations, instead of the one that is detected
  --fail-on LEVEL        exit 1 from this severity on: error (default), warning, info, never
  --rule ID=SEVERITY     error, warning, info or off; may be repeated
  --config FILE          instead of the nearest .pgmigrate-lint.yml
  --since REF            lint what is new since the branch left REF; older migrations are history
  --staged               lint what is staged
  --no-history           named files stand alone
  --no-cache             read all of the history anew
  --cache-location DIR   where to keep what a long history comes to, for the next run
                         (default: node_modules/.cache, or the user's cache folder)
  --stdin-filename NAME  what - is called, and whose history comes before it
  -q, --quiet            findings only: no summary, no notes
  --color, --no-color    whatever the terminal is (also FORCE_COLOR, NO_COLOR)
  --database-url URL     trace: postgres://… instead of the embedded server
  --compare              trace: only where the server did something else than is claimed; exit 1 then
  --prune                baseline: only take out what is gone
  -y, --yes              trace: in a database that is not empty, too; init: write what is not there yet without asking
  -h, --help             this text
  -V, --version          the version

Exit codes: 0 nothing at or above --fail-on · 1 findings · 2 wrong usage or configuration · 3 a bug of ours
`;
