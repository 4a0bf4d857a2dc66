using CocoonP2P.Node.Commands;

return await CommandTree.RunAsync(args);
