// One step at a time through ONNX Runtime, state kept: node onnxruntime_step.cjs MODULES FOLDER MILLISECONDS
// FOLDER holds case.json, step.onnx, identity.onnx and signal.bin. Prints one JSON document: version, answers, ns, callNs.
const fs = require('fs'), path = require('path');
const [modules, folder, milliseconds] = process.argv.slice(2);
const ort = require(path.join(modules, 'onnxruntime-node'));
const { input, hidden, cell, steps } = JSON.parse(fs.readFileSync(path.join(folder, 'case.json'), 'utf8'));
const raw = fs.readFileSync(path.join(folder, 'signal.bin'));
const signal = new Float32Array(raw.buffer, raw.byteOffset, raw.length / 4);
const states = cell === 'lstm' ? ['h', 'c'] : ['h'];
const samples = Array.from({ length: steps }, (_, i) => new ort.Tensor('float32', signal.slice(i * input, (i + 1) * input), [1, 1, input]));

async function open(name) {
  const session = await ort.InferenceSession.create(path.join(folder, name),
    { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential', graphOptimizationLevel: 'all' });
  const feeds = {};
  for (const state of states) feeds[state] = new ort.Tensor('float32', new Float32Array(hidden), [1, 1, hidden]);
  return async i => {
    feeds.x = samples[i % steps];
    const answer = await session.run(feeds);
    for (const state of states) feeds[state] = answer[state + 'n'];
    return answer.y.data;
  };
}

async function nsPerStep(step, count) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < count; i++) await step(i);
  return Number(process.hrtime.bigint() - start) / count;
}

(async () => {
  const step = await open('step.onnx'), identity = await open('identity.onnx');
  const answers = [];
  for (let i = 0; i < steps; i++) answers.push((await step(i))[0]);
  const times = [], calls = [], end = Date.now() + Number(milliseconds);
  await nsPerStep(step, 500);
  await nsPerStep(identity, 500);
  do {
    times.push(await nsPerStep(step, 200));
    calls.push(await nsPerStep(identity, 200));
  } while (Date.now() < end);
  const median = values => values.sort((a, b) => a - b)[values.length >> 1];
  const version = JSON.parse(fs.readFileSync(path.join(modules, 'onnxruntime-node', 'package.json'), 'utf8')).version;
  console.log(JSON.stringify({ version, answers, ns: median(times), callNs: median(calls) }));
})().catch(problem => { console.error(String(problem)); process.exit(1); });
