import type { Server } from "node:net";

const deadline = 10_000;

/** Takes a port that was kept free for it; whoever has it by chance, for a connection of their own, is gone soon. */
export async function listening(server: Server, port: number, host: string): Promise<void> {
  const end = Date.now() + deadline;
  for (;;) {
    try {
      await new Promise<void>((done, fail) => {
        server.once("error", fail);
        server.listen(port, host, () => {
          server.off("error", fail);
          done();
        });
      });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || Date.now() > end) {
        throw error;
      }
      await new Promise((again) => setTimeout(again, 100));
    }
  }
}
