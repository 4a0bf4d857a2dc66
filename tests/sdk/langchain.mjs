import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { z } from 'zod';
import { assert, apiKey, baseURL, embedder, failures, model, poorKey, run } from './feature.mjs';

const chat = (fields = {}, key = apiKey) => new ChatOpenAI({ model, apiKey: key, configuration: { baseURL }, maxRetries: 0, ...fields });
const person = z.object({ name: z.string(), age: z.number().int() });
const weather = tool(async () => 'sunny', { name: 'weather', description: 'Says how it is.', schema: z.object({ city: z.string() }) });

async function status(prompt, client = chat()) {
  try {
    await client.invoke(prompt);
  } catch (e) {
    return e.status;
  }
  return 200;
}

await run('@langchain/openai', {
  async chat() {
    const answer = await chat().invoke('good day');
    assert.equal(answer.content, 'You said: good day');
    assert.equal(answer.usage_metadata.output_tokens, 4);
  },
  async stream() {
    let text = '';
    for await (const piece of await chat().stream('good day')) {
      text += piece.content;
    }
    assert.equal(text, 'You said: good day');
  },
  async tools() {
    const client = chat().bindTools([weather]);
    const messages = [new HumanMessage('rain?')];
    const call = await client.invoke(messages);
    assert.equal(call.tool_calls[0].args.city, 'Paris, the "city"');
    messages.push(call, new ToolMessage({ content: await weather.invoke(call.tool_calls[0].args), tool_call_id: call.tool_calls[0].id }));
    assert.equal((await client.invoke(messages)).content, 'The tool says: sunny');
  },
  async structured() {
    assert.deepEqual(await chat().withStructuredOutput(person).invoke('who?'), { name: 'Ada', age: 36 });
  },
  async logprobs() {
    const answer = await chat({ logprobs: true, topLogprobs: 2 }).invoke('x');
    assert.equal(answer.response_metadata.logprobs.content.length, 3);
  },
  async n() {
    const answer = await chat({ n: 2 }).generate([[new HumanMessage('x')]]);
    assert.equal(answer.generations[0].length, 2);
  },
  async stop() {
    assert.equal((await chat({ stop: [' two'] }).invoke('one two')).content, 'You said: one');
  },
  async embeddings() {
    const client = new OpenAIEmbeddings({ model: embedder, apiKey, configuration: { baseURL }, maxRetries: 0 });
    const vectors = await client.embedDocuments(['cat', 'dog']);
    assert.ok(Math.abs(Math.hypot(...vectors[1]) - 1) < 1e-5);
  },
  async errors() {
    for (const [prompt, expected] of Object.entries(failures)) {
      assert.equal(await status(prompt), expected, prompt);
    }
    assert.equal(await status('x', chat({}, 'nobody')), 401);
    assert.equal(await status('x', chat({}, poorKey)), 403);
  },
  async cancel() {
    const abort = new AbortController();
    let count = 0;
    await assert.rejects(async () => {
      for await (const _ of await chat().stream('endless', { signal: abort.signal })) {
        if (++count === 5) {
          abort.abort();
        }
      }
    });
    assert.ok(count >= 5);
  },
});
