import { NewServiceLink } from "../../components/new-service-link";
import { CopyText } from "../../ui/copy-text";
import { Mark } from "../../ui/logo";
import { PageHeader } from "../../ui/page-header";
import classes from "./first-deploy.module.css";

const server = `const http = require("node:http");

http
  .createServer((request, response) => response.end("Ahoy\\n"))
  .listen(process.env.PORT);`;

/** Stands where the services will be, and teaches how the first one gets there. */
export function FirstDeploy() {
  return (
    <>
      <PageHeader title="Services" />
      <section className={classes.frame} aria-label="Your first deploy">
        <div className={classes.intro}>
          <Mark size={36} />
          <h2>Moor your first service</h2>
          <p>Berth takes a Git repository, builds it with Nix, runs it, and gives it an address.</p>
          <NewServiceLink />
        </div>
        <ol className={classes.steps}>
          <li>
            <h3>Have an app that listens on PORT</h3>
            <p>
              A folder with a <code>package.json</code> and its lock file, a lone <code>server.js</code>, or a
              site with an <code>index.html</code> is recognised by itself.
            </p>
            <div className={classes.code}>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
              <section className={classes.scroll} tabIndex={0} aria-label="Example of server.js">
                <pre>{server}</pre>
              </section>
              <CopyText value={server} label="server.js" />
            </div>
          </li>
          <li>
            <h3>Push it to a Git host</h3>
            <p>Any address that this machine may clone over http or https will do.</p>
          </li>
          <li>
            <h3>Name the repository here and deploy</h3>
            <p>You watch each step and the build log. When the app is healthy, it gets the traffic.</p>
          </li>
        </ol>
      </section>
    </>
  );
}
