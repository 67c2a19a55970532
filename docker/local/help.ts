export const HELP = `Madang: a city data hub and open-data marketplace.

  npm start                     start the hub; Ctrl-C ends it
  npm start -- --detach         start it in the background; returns when everything answers
             --fresh            remove all data of this hub first
             --no-city          without the simulated sample city
             --only stack       the databases and Redis alone
             --identity keycloak  sign-in by Keycloak (fetched and built at the first start) instead of the hub's own
  npm stop                      end it; data stay
  npm run status [-- --json]    what runs and how it is; exit code 0 when ready, 1 when not
  npm test [-- core privacy]    every test, or those whose name or path matches
  npm run device -- …           register, list, rotate and revoke devices
  npm run identity -- …         roles of accounts, signing keys
  npm run outage -- …           declare outages of datasets, and correct them
  npm run import -- …           bring in files of the past
  npm run example -- …          run an example query
  npm run bench -- …            measure
  npm run scorecard -- …        attack a hub of its own and print what held
  npm run generate              make the generated files again

Environment: MADANG_HOME (.madang), MADANG_PORT (4000), MADANG_HOST (127.0.0.1), MADANG_LOG (info), NO_COLOR;
HUB_DATABASE_URL, EDGE_DATABASE_URL, REDIS_URL, CACHE_URL together: stores of your own.
Exit codes: 0 done, 1 failed, 2 wrong use, 130 interrupted. More in docs/running.md.
`;
