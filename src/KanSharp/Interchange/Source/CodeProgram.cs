using KanSharp.Interchange.Lowering;

namespace KanSharp.Interchange.Source;

/// <summary>
/// The functions of all steps of a model and the lines that call them. Steps write in turn to two parts of a scratch array as wide as the widest step, the last one to y;
/// mapped inputs have a third part.
/// </summary>
internal sealed class CodeProgram
{
    /// <summary>Up to so many numbers of scratch are taken from the stack.</summary>
    public const int MostOnStack = 4096;

    private readonly CodeContext _context;
    private readonly LoweredModel _model;
    private readonly List<string> _calls = [];
    private bool _maps;

    public CodeProgram(CodeContext context, LoweredModel model)
    {
        (_context, _model) = (context, model);
        string source = "x";
        int number = 0;
        for (int index = 0; index < model.Steps.Count; index++)
        {
            string target = index == model.Steps.Count - 1 ? "y" : index % 2 == 0 ? "a" : "b";
            Call(model.Steps[index], source, target, SourceNumbers.Whole(number++));
            source = target;
        }

        Buffers = Math.Min(2, model.Steps.Count - 1) + (_maps ? 1 : 0);
    }

    /// <summary>Numbers of scratch that the calls need.</summary>
    public int Scratch => Buffers * _model.Widest;

    /// <summary>Whether the scratch is small enough for the stack.</summary>
    public bool FitsStack => Scratch <= MostOnStack;

    /// <summary>What a prediction consists of.</summary>
    public IEnumerable<string> Body
    {
        get
        {
            int start = 0;
            foreach (string name in (IEnumerable<string>)[.. new[] { "a", "b" }.Take(Math.Min(2, _model.Steps.Count - 1)), .. _maps ? (string[])["m"] : []])
            {
                yield return _context.Style.Part(name, start, _model.Widest);
                start += _model.Widest;
            }

            foreach (string call in _calls)
                yield return call;
        }
    }

    private int Buffers { get; }

    private void Call(LoweredStep step, string source, string target, string suffix)
    {
        if (step is not EdgeStep edges)
        {
            _calls.Add($"{_context.Style.Id(CodeSteps.Write(_context, step, suffix))}({source}, {target});");
            return;
        }

        bool mapped = CodeEdges.Write(_context, edges, suffix);
        string from = source;
        for (int index = 0; mapped && index < edges.Mapping.Count; index++)
        {
            _maps = true;
            string name = CodeSteps.Write(_context, edges.Mapping[index], $"{suffix}{(index == 0 ? "" : (char)('a' + index))}");
            _calls.Add($"{_context.Style.Id(name)}({from}, m);");
            from = "m";
        }

        _calls.Add($"{_context.Style.Id("Layer" + suffix)}({source}, {(mapped ? "m, " : "")}{target});");
    }
}
