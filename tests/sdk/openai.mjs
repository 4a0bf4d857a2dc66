import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { assert, apiKey, baseURL, embedder, failures, model, poorKey, run, weather } from './feature.mjs';

const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const user = (content) => [{ role: 'user', content }];
const tools = [{ type: 'function', function: { name: 'weather', description: 'Says how it is.', parameters: weather, strict: true } }];

async function collect(stream) {
  let text = '';
  let usage;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    usage = chunk.usage ?? usage;
  }
  return { text, usage };
}

async function status(body, using = client) {
  try {
    await using.chat.completions.create(body);
  } catch (e) {
    assert.ok(e.error?.hint, `no hint in ${JSON.stringify(e.error)}`);
    return e.status;
  }
  return 200;
}

await run('openai', {
  async chat() {
    const { data, response } = await client.chat.completions.create({ model, messages: user('good day') }).withResponse();
    assert.equal(data.choices[0].message.content, 'You said: good day');
    assert.equal(data.usage.total_tokens, 6);
    assert.equal(data._request_id, response.headers.get('cocoon-job'));
    assert.match(response.headers.get('cocoon-attestation'), /tcb=UpToDate/);
  },
  async stream() {
    const stream = await client.chat.completions.create({ model, messages: user('good day'), stream: true, stream_options: { include_usage: true } });
    const { text, usage } = await collect(stream);
    assert.equal(text, 'You said: good day');
    assert.equal(usage.completion_tokens, 4);
  },
  async tools() {
    let asked;
    const runner = client.chat.completions.runTools({
      model,
      messages: user('rain?'),
      tools: [{ type: 'function', function: { name: 'weather', parameters: weather, parse: JSON.parse, function: ({ city }) => ((asked = city), 'sunny') } }],
    });
    assert.equal(await runner.finalContent(), 'The tool says: sunny');
    assert.equal(asked, 'Paris, the "city"');
  },
  async 'streamed tools'() {
    const stream = client.chat.completions.stream({ model, messages: user('rain?'), tools, tool_choice: 'required', parallel_tool_calls: false });
    const message = await stream.finalMessage();
    assert.equal(JSON.parse(message.tool_calls[0].function.arguments).city, 'Paris, the "city"');
  },
  async structured() {
    const schema = z.object({ name: z.string(), age: z.number().int() });
    const answer = await client.chat.completions.parse({ model, messages: user('who?'), response_format: zodResponseFormat(schema, 'person') });
    assert.deepEqual(answer.choices[0].message.parsed, { name: 'Ada', age: 36 });
  },
  async logprobs() {
    const answer = await client.chat.completions.create({ model, messages: user('x'), logprobs: true, top_logprobs: 2 });
    const tokens = answer.choices[0].logprobs.content;
    assert.deepEqual(tokens.map((t) => t.token), ['You', ' said:', ' x']);
    assert.equal(tokens[0].top_logprobs.length, 2);
  },
  async n() {
    const answer = await client.chat.completions.create({ model, messages: user('x'), n: 3 });
    assert.deepEqual(answer.choices.map((c) => c.index), [0, 1, 2]);
  },
  async stop() {
    const answer = await client.chat.completions.create({ model, messages: user('one two'), stop: [' two', 'never'], seed: 7, temperature: 0 });
    assert.equal(answer.choices[0].message.content, 'You said: one');
    assert.equal(answer.choices[0].finish_reason, 'stop');
  },
  async completions() {
    const answer = await client.completions.create({ model, prompt: ['a', 'b'], max_tokens: 2 });
    assert.deepEqual(answer.choices.map((c) => c.text), ['You said:', 'You said:']);
    let text = '';
    for await (const chunk of await client.completions.create({ model, prompt: 'a', stream: true })) {
      text += chunk.choices[0]?.text ?? '';
    }
    assert.equal(text, 'You said: a');
  },
  async embeddings() {
    const answer = await client.embeddings.create({ model: embedder, input: ['cat', 'dog'] });
    const length = Math.hypot(...answer.data[1].embedding);
    assert.ok(Math.abs(length - 1) < 1e-5, `length ${length}`);
    const short = await client.embeddings.create({ model: embedder, input: 'cat', dimensions: 4, encoding_format: 'float' });
    assert.equal(short.data[0].embedding.length, 4);
  },
  async models() {
    const ids = [];
    for await (const found of client.models.list()) {
      ids.push(found.id);
    }
    assert.ok(ids.includes(model));
    assert.equal((await client.models.retrieve(model)).id, model);
  },
  async errors() {
    for (const [prompt, expected] of Object.entries(failures)) {
      assert.equal(await status({ model, messages: user(prompt) }), expected, prompt);
    }
    assert.equal(await status({ model: 'none', messages: user('x') }), 404);
    assert.equal(await status({ model, messages: user('x'), prediction: {} }), 400);
    assert.equal(await status({ model, messages: user('x'.repeat(5 << 20)) }), 413);
    assert.equal(await status({ model, messages: user('x') }, new OpenAI({ baseURL, apiKey: 'nobody', maxRetries: 0 })), 401);
    assert.equal(await status({ model, messages: user('x') }, new OpenAI({ baseURL, apiKey: poorKey, maxRetries: 0 })), 403);
    const retrying = new OpenAI({ baseURL, apiKey, maxRetries: 2 });
    assert.equal(await status({ model, messages: user('fail attestation-refused') }, retrying), 502);
    const cut = await client.chat.completions.create({ model, messages: user('break'), stream: true });
    await assert.rejects(() => collect(cut), /worker was lost/);
  },
  async cancel() {
    const stream = await client.chat.completions.create({ model, messages: user('endless'), stream: true });
    let count = 0;
    for await (const _ of stream) {
      if (++count === 5) {
        stream.controller.abort();
      }
    }
    assert.ok(count >= 5);
  },
});
