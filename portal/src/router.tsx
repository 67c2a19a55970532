import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { readDatasetSearch } from "./citizen/dataset/search.ts";
import { readListSearch } from "./citizen/datasets/search.ts";
import { Home } from "./citizen/home/Home.tsx";
import { readZoneSearch } from "./citizen/zone/search.ts";
import { Broken, NotFound } from "./shell/Faults.tsx";
import { Shell } from "./shell/Shell.tsx";

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

const tree = root.addChildren([home, datasetsRoute, datasetRoute, zoneRoute, incidents, privacy, about, signedIn]);

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
