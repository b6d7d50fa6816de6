// The pages of the docs by what a reader wants. A page that is in none of the sections fails a test.

export interface Page {
  name: string;
  path: string;
}

/** Pages that are listed together; folded up if `open` is false. */
export interface Section {
  name: string;
  open?: boolean;
  pages: Page[];
}

const page = (name: string, path: string): Page => ({name, path: `/${path}`});

export const sections: Section[] = [
  {
    name: "Start",
    pages: [
      page("In five minutes", "getting-started"),
      page("Install", "install"),
      page("In an existing project", "existing-project"),
      page("Without Ikigai", "framework-projects"),
      page("Terms", "terms")
    ]
  },
  {
    name: "Guides",
    pages: [
      page("Write a page", "pages"),
      page("Publish every morning", "guides/every-morning"),
      page("Serve below a path", "guides/below-a-path"),
      page("Put it behind your sign-in", "guides/sign-in"),
      page("Large data", "guides/large-data"),
      page("Charts of your own", "guides/own-charts"),
      page("Start flows from a page", "trigger"),
      page("From Python to TypeScript", "python-to-typescript"),
      page("Static hosts", "hosting"),
      page("Recipes to copy", "recipes"),
      page("Pictures for mail and chat", "render")
    ]
  },
  {
    name: "Gallery",
    pages: [
      page("Forecasts", "gallery/forecasts"),
      page("Errors", "gallery/errors"),
      page("Diagnostics", "gallery/diagnostics"),
      page("Models and data", "gallery/models"),
      page("Flows", "gallery/flows"),
      page("Marks", "gallery/marks")
    ]
  },
  {
    name: "Reference",
    open: false,
    pages: [
      page("The config file", "configuration"),
      page("Commands", "cli"),
      page("Loaders", "loaders"),
      page("Charts", "charts"),
      page("Metrics", "metrics"),
      page("Database", "database"),
      page("Inputs", "inputs"),
      page("Linked charts and long lines", "linked-charts"),
      page("The client", "client"),
      page("Flow definitions", "flow-definitions"),
      page("The gateway", "gateway"),
      page("Refresh and publish", "publishing"),
      page("Builds without a CDN", "hermetic-builds"),
      page("Stability", "stability"),
      page("The local platform", "local-platform"),
      page("Conformance", "conformance"),
      page("API", "api/README")
    ]
  },
  {
    name: "Operation",
    pages: [
      page("Security", "security"),
      page("Performance", "performance"),
      page("Troubleshooting", "troubleshooting"),
      page("What can go wrong", "faults")
    ]
  },
  {
    name: "Contribute",
    pages: [page("Architecture", "architecture"), page("Dependencies", "dependencies")]
  }
];
