using CocoonP2P.Node.Commands;

return await CommandTree.Build().Parse(args).InvokeAsync(CommandTree.Invocation);
