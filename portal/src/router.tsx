import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { readDatasetSearch } from "./citizen/dataset/search.ts";
import { readListSearch } from "./citizen/datasets/search.ts";
import { Home } from "./citizen/home/Home.tsx";
import { readZoneSearch } from "./citizen/zone/search.ts";
import { readAskSearch, readAuditSearch, readMarketSearch, readOrganizationSearch } from "./developer/search.ts";
import { Broken, NotFound } from "./shell/Faults.tsx";
import { Shell } from "./shell/Shell.tsx";
import { withMarketTexts } from "./text/i18n.tsx";

const root = createRootRoute({ component: Shell });

const home = createRoute({ getParentRoute: () => root, path: "/", component: Home });

const datasetsRoute = createRoute({
  getParentRoute: () => root,
  path: "/datasets",
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import("./citizen/datasets/Datasets.tsx"), "Datasets"),
});

const datasetRoute = createRoute({
  getParentRoute: () => root,
  path: "/datasets/$slug",
  validateSearch: readDatasetSearch,
  component: lazyRouteComponent(() => import("./citizen/dataset/DatasetPage.tsx"), "DatasetPage"),
});

const zoneRoute = createRoute({
  getParentRoute: () => root,
  path: "/zones/$slug",
  validateSearch: readZoneSearch,
  component: lazyRouteComponent(() => import("./citizen/zone/ZonePage.tsx"), "ZonePage"),
});

const incidents = createRoute({
  getParentRoute: () => root,
  path: "/incidents",
  component: lazyRouteComponent(() => import("./citizen/incidents/Incidents.tsx"), "Incidents"),
});

const privacy = createRoute({
  getParentRoute: () => root,
  path: "/privacy",
  component: lazyRouteComponent(() => import("./citizen/pages/Privacy.tsx"), "Privacy"),
});

const about = createRoute({
  getParentRoute: () => root,
  path: "/about",
  component: lazyRouteComponent(() => import("./citizen/pages/About.tsx"), "About"),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  path: "/signed-in",
  component: lazyRouteComponent(() => import("./identity/SignedIn.tsx"), "SignedIn"),
});

const market = createRoute({
  getParentRoute: () => root,
  path: "/market",
  validateSearch: readMarketSearch,
  component: lazyRouteComponent(() => withMarketTexts(() => import("./developer/market/Offers.tsx")), "Offers"),
});

const offer = createRoute({
  getParentRoute: () => root,
  path: "/market/offers/$offer",
  component: lazyRouteComponent(() => withMarketTexts(() => import("./developer/market/OfferPage.tsx")), "OfferPage"),
});

const ask = createRoute({
  getParentRoute: () => root,
  path: "/market/offers/$offer/ask",
  validateSearch: readAskSearch,
  component: lazyRouteComponent(() => withMarketTexts(() => import("./developer/market/Ask.tsx")), "Ask"),
});

const requests = createRoute({
  getParentRoute: () => root,
  path: "/requests",
  component: lazyRouteComponent(() => withMarketTexts(() => import("./developer/licence/Lists.tsx")), "Requests"),
});

const licences = createRoute({
  getParentRoute: () => root,
  path: "/licences",
  component: lazyRouteComponent(() => withMarketTexts(() => import("./developer/licence/Lists.tsx")), "Licences"),
});

const licence = createRoute({
  getParentRoute: () => root,
  path: "/licences/$id",
  component: lazyRouteComponent(
    () => withMarketTexts(() => import("./developer/licence/LicencePage.tsx")),
    "LicencePage",
  ),
});

const keys = createRoute({
  getParentRoute: () => root,
  path: "/keys",
  component: lazyRouteComponent(() => withMarketTexts(() => import("./developer/keys/Keys.tsx")), "Keys"),
});

const organization = createRoute({
  getParentRoute: () => root,
  path: "/organization",
  validateSearch: readOrganizationSearch,
  component: lazyRouteComponent(
    () => withMarketTexts(() => import("./developer/organization/Organizations.tsx")),
    "Organizations",
  ),
});

const account = createRoute({
  getParentRoute: () => root,
  path: "/account",
  component: lazyRouteComponent(() => withMarketTexts(() => import("./developer/account/Account.tsx")), "Account"),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  component: lazyRouteComponent(
    () => withMarketTexts(() => import("./developer/organization/InvitationPage.tsx")),
    "InvitationPage",
  ),
});

const steward = createRoute({
  getParentRoute: () => root,
  path: "/steward",
  component: lazyRouteComponent(() => withMarketTexts(() => import("./admin/steward/Inbox.tsx")), "Inbox"),
});

const stewardLicence = createRoute({
  getParentRoute: () => root,
  path: "/steward/$id",
  component: lazyRouteComponent(
    () => withMarketTexts(() => import("./admin/steward/DecisionPage.tsx")),
    "DecisionPage",
  ),
});

const audit = createRoute({
  getParentRoute: () => root,
  path: "/audit",
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => withMarketTexts(() => import("./admin/audit/Audit.tsx")), "Audit"),
});

const open = [
  home,
  datasetsRoute,
  datasetRoute,
  zoneRoute,
  incidents,
  privacy,
  about,
  signedIn,
  market,
  offer,
] as const;
const own = [ask, requests, licences, licence, keys, organization, invitation, account] as const;
const tree = root.addChildren([...open, ...own, steward, stewardLicence, audit]);

/** The portal's addresses; all but the home load their page when it is asked for. */
export function createPortalRouter() {
  return createRouter({
    routeTree: tree,
    defaultPreload: "intent",
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: Broken,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createPortalRouter>;
  }
}
