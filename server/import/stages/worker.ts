/** A worker thread of an import: does the tasks it is sent, one after the other. */
import { parentPort, workerData } from "node:worker_threads";
import { describeFailure, runTask, type Task } from "./crew.ts";
import { type TaskSetup, Tasks } from "./tasks.ts";

// crew.ts starts this file with its setup as data and sends nothing but tasks.
const tasks = new Tasks(workerData as TaskSetup);
const port = parentPort;
port?.on("message", (task: Task) => {
  try {
    port.postMessage({ result: runTask(tasks, task) });
  } catch (error) {
    port.postMessage({ failure: describeFailure(error) });
  }
});
