namespace CocoonP2P.Text.Grammar.Automata;

/// <summary>Stacks of calls, each named by a number; equal stacks have equal numbers. 0 is the empty one.</summary>
internal sealed class CallStacks
{
    private readonly List<Frame> _frames = [default];
    private readonly Dictionary<Frame, int> _numbers = [];

    /// <summary>Pushes the node to go on from.</summary>
    public int Push(int stack, int returnTo, bool nests)
    {
        Frame frame = new(stack, returnTo, _frames[stack].Nesting + (nests ? 1 : 0));
        if (!_numbers.TryGetValue(frame, out int number))
        {
            number = _frames.Count;
            _frames.Add(frame);
            _numbers.Add(frame, number);
        }

        return number;
    }

    public Frame Top(int stack) => _frames[stack];

    /// <summary>Objects and lists that are open.</summary>
    public int Nesting(int stack) => _frames[stack].Nesting;

    /// <param name="Below">The rest of the stack.</param>
    /// <param name="ReturnTo">The node behind the call.</param>
    /// <param name="Nesting">Calls on the stack that nest, this one included.</param>
    public readonly record struct Frame(int Below, int ReturnTo, int Nesting);
}
