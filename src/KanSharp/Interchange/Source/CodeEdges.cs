using KanSharp.Interchange.Lowering;

namespace KanSharp.Interchange.Source;

/// <summary>
/// The sums over edges of a layer in C# and C. Numeric edges are loops where at least half of them are there, else a line for each or, for many, a loop over a list;
/// symbolic edges are always lines.
/// </summary>
internal sealed class CodeEdges
{
    private readonly CodeContext _context;
    private readonly CodeStyle _style;
    private readonly EdgeStep _step;
    private readonly EdgePlan _plan;
    private readonly string _suffix;
    private readonly string _mapped;
    private readonly SourceText _text = new();

    private CodeEdges(CodeContext context, EdgeStep step, string suffix)
    {
        (_context, _style, _step, _suffix) = (context, context.Style, step, suffix);
        _plan = new EdgePlan(step);
        TakesMapped = step.Mapping.Count > 0 && _plan.Form != EdgeForm.None;
        _mapped = TakesMapped ? "p" : "x";
    }

    /// <summary>Whether the function takes mapped inputs as well.</summary>
    private bool TakesMapped { get; }

    private string Base => _step.BaseOnRawInput ? "x" : _mapped;

    /// <summary>Writes the function of a layer, Layer…(x, [p,] y).</summary>
    /// <returns>Whether it takes mapped inputs as well.</returns>
    public static bool Write(CodeContext context, EdgeStep step, string suffix)
    {
        var edges = new CodeEdges(context, step, suffix);
        edges.Write();
        return edges.TakesMapped;
    }

    private void Write()
    {
        CodeStyle s = _style;
        string outputs = SourceNumbers.Whole(_step.Outputs);
        Start(outputs);
        bool wavelets = _step.Basis is WaveletFunctions;
        if (_plan.Form != EdgeForm.None && !wavelets)
        {
            LoweredBasis basis = _plan.Basis();
            CodeBases.Write(_context, basis, _suffix);
            CodeFunctions.Loops(_context);
            _text.Line(s.Buffer("v", CodeBases.Values(basis)));
        }

        switch (_plan.Form)
        {
            case EdgeForm.Dense when wavelets: WaveletLoops(outputs); break;
            case EdgeForm.Dense: Loops(outputs); break;
            case EdgeForm.Lines: Lines(); break;
            case EdgeForm.List: List(); break;
        }

        Symbolic();
        _context.Steps.Line($"// {SourceNotes.Count(_step.Inputs, "input")}, {SourceNotes.Count(_step.Outputs, "output")}: {Kind()}");
        string head = s.Function("void", "Layer" + _suffix, (string[])[s.Source("x"), .. TakesMapped ? (string[])[s.Source("p")] : [], s.Target("y")]);
        CodeFunctions.Write(_context.Steps, s, head, _text.ToString().TrimEnd('\n').Split('\n'));
    }

    private string Kind()
    {
        string numeric = _plan.Form == EdgeForm.None ? "" : $"{SourceNotes.Count(_plan.Edges.Count, "edge")} of {SourceNotes.Of(_step.Basis!)}{(_plan.HasBase ? $" and {_step.BaseActivation}" : "")}";
        string symbolic = _step.Symbolic.Count == 0 ? "" : _step.Symbolic.Count == 1 ? "1 edge that is a formula" : $"{_step.Symbolic.Count} edges that are formulas";
        return numeric.Length == 0 ? symbolic.Length == 0 ? "constants" : symbolic : symbolic.Length == 0 ? numeric : $"{numeric}, {symbolic}";
    }

    private void Start(string outputs)
    {
        if (_step.Outputs <= 4 || Array.TrueForAll(_step.Bias, bias => bias == 0))
        {
            if (_step.Outputs > 4)
            {
                _text.Line($"for (int o = 0; o < {outputs}; o++)");
                _text.Line("    y[o] = 0;");
                return;
            }

            for (int output = 0; output < _step.Outputs; output++)
                _text.Line($"y[{output}] = {(_step.Bias[output] == 0 ? "0" : _style.Number(_step.Bias[output]))};");
            return;
        }

        _style.Table(_context.Tables, "Bias" + _suffix, _step.Bias);
        _text.Line($"for (int o = 0; o < {outputs}; o++)");
        _text.Line($"    y[o] = {_style.Id("Bias" + _suffix)}[o];");
    }

    private void Loops(string outputs)
    {
        CodeStyle s = _style;
        int values = CodeBases.Values(_plan.Step.Basis!);
        string table = s.Id("Coefficients" + _suffix), count = SourceNumbers.Whole(_plan.Count), length = SourceNumbers.Whole(values);
        s.Table(_context.Tables, "Coefficients" + _suffix, _step.Coefficients);
        if (_plan.HasBase)
            s.Table(_context.Tables, "BaseWeights" + _suffix, _step.BaseWeight);
        string first = values == _plan.Count ? "" : " + first", call = $"{s.Id("Basis" + _suffix)}(i, {_mapped}[i], v);";
        _text.Open($"for (int i = 0; i < {SourceNumbers.Whole(_step.Inputs)}; i++)");
        _text.Line(first.Length > 0 ? "int first = " + call : call);
        if (_step.Outputs == 1)
        {
            _text.Line($"y[0] += {s.Id("Dot")}({table}, i * {count}{first}, {length}, v);");
        }
        else
        {
            _text.Line($"{s.Id("AddRows")}(y, {table}, (i * {count}{first}) * {outputs}, {outputs}, v, {length});");
        }

        BaseLoop(outputs);
        _text.Close();
    }

    private void BaseLoop(string outputs)
    {
        if (!_plan.HasBase)
            return;
        string value = _context.Apply(_step.BaseActivation!, $"{Base}[i]"), table = _style.Id("BaseWeights" + _suffix);
        _text.Line(_step.Outputs == 1 ? $"y[0] += {table}[i] * {(value.Contains(" * ", StringComparison.Ordinal) ? $"({value})" : value)};" : $"{_style.Id("Add")}(y, {table}, i * {outputs}, {outputs}, {value});");
    }

    private void WaveletLoops(string outputs)
    {
        CodeStyle s = _style;
        var wavelets = (WaveletFunctions)_step.Basis!;
        s.Table(_context.Tables, "Weights" + _suffix, [.. _step.Coefficients.Select(coefficient => CodeWavelets.Weight(wavelets, coefficient))]);
        s.Table(_context.Tables, "Translations" + _suffix, wavelets.Translation);
        s.Table(_context.Tables, "InverseScales" + _suffix, wavelets.InverseScale);
        string shape = CodeWavelets.Shape(_context, wavelets.Mother);
        if (_plan.HasBase)
        {
            CodeFunctions.Loops(_context);
            s.Table(_context.Tables, "BaseWeights" + _suffix, _step.BaseWeight);
        }

        _text.Open($"for (int i = 0; i < {SourceNumbers.Whole(_step.Inputs)}; i++)");
        _text.Line($"for (int o = 0; o < {outputs}; o++)");
        _text.Line($"    y[o] += {s.Id("Weights" + _suffix)}[i * {outputs} + o] * {shape}(({_mapped}[i] - {s.Id("Translations" + _suffix)}[i * {outputs} + o]) * {s.Id("InverseScales" + _suffix)}[i * {outputs} + o]);");
        BaseLoop(outputs);
        _text.Close();
    }

    private void Lines()
    {
        CodeStyle s = _style;
        var wavelets = _step.Basis as WaveletFunctions;
        int values = wavelets is null ? CodeBases.Values(_step.Basis!) : 0, edge = 0;
        bool local = values < _plan.Count && wavelets is null;
        if (wavelets is null)
            s.Table(_context.Tables, "Coefficients" + _suffix, [.. _plan.Edges.SelectMany(at => _plan.Coefficients(at.Input, at.Output))]);
        if (local)
            _text.Line("int first;");
        for (int row = 0; row < _plan.Rows.Length; row++)
        {
            int input = _plan.Rows[row];
            string x = $"{_mapped}[{input}]", based = $"b{input}";
            if (wavelets is null)
                _text.Line($"{(local ? "first = " : "")}{s.Id("Basis" + _suffix)}({row}, {x}, v);");
            (int Input, int Output)[] own = [.. _plan.Edges.Where(at => at.Input == input)];
            if (own.Any(at => _plan.BaseWeight(at.Input, at.Output) != 0))
                _text.Line($"{s.Real} {based} = {_context.Apply(_step.BaseActivation!, $"{Base}[{input}]")};");
            foreach ((_, int output) in own)
            {
                string sum = wavelets is null
                    ? $"{s.Id("Dot")}({s.Id("Coefficients" + _suffix)}, {edge * _plan.Count}{(local ? " + first" : "")}, {values}, v)"
                    : Wavelet(wavelets, input, output, x);
                double weight = _plan.BaseWeight(input, output);
                _text.Line($"y[{output}] += {sum}{(weight == 0 ? "" : " + " + s.Times(weight, based))};");
                edge++;
            }
        }
    }

    private string Wavelet(WaveletFunctions wavelets, int input, int output, string x)
    {
        int at = (input * _step.Outputs) + output;
        return _style.Times(CodeWavelets.Weight(wavelets, _step.Coefficients[at]), $"{CodeWavelets.Shape(_context, wavelets.Mother)}(({_style.Plus(x, -wavelets.Translation[at])}) * {_style.Number(wavelets.InverseScale[at])})");
    }

    private void List()
    {
        CodeStyle s = _style;
        var wavelets = _step.Basis as WaveletFunctions;
        int[] starts = [0, .. _plan.Rows.Select(input => _plan.Edges.FindLastIndex(edge => edge.Input == input) + 1)];
        s.Table(_context.Tables, "Rows" + _suffix, _plan.Rows);
        s.Table(_context.Tables, "Starts" + _suffix, starts);
        s.Table(_context.Tables, "Outputs" + _suffix, [.. _plan.Edges.Select(edge => edge.Output)]);
        string rows = s.Id("Rows" + _suffix), first = s.Id("Starts" + _suffix), outputs = s.Id("Outputs" + _suffix);
        _text.Open($"for (int i = 0; i < {SourceNumbers.Whole(_plan.Rows.Length)}; i++)");
        string term;
        if (wavelets is null)
        {
            int values = CodeBases.Values(_step.Basis!);
            bool local = values < _plan.Count;
            s.Table(_context.Tables, "Coefficients" + _suffix, [.. _plan.Edges.SelectMany(edge => _plan.Coefficients(edge.Input, edge.Output))]);
            _text.Line($"{(local ? "int first = " : "")}{s.Id("Basis" + _suffix)}(i, {_mapped}[{rows}[i]], v);");
            term = $"{s.Id("Dot")}({s.Id("Coefficients" + _suffix)}, e * {_plan.Count}{(local ? " + first" : "")}, {values}, v)";
        }
        else
        {
            Table("Weights", (at, _) => CodeWavelets.Weight(wavelets, _step.Coefficients[at]));
            Table("Translations", (at, _) => wavelets.Translation[at]);
            Table("InverseScales", (at, _) => wavelets.InverseScale[at]);
            term = $"{s.Id("Weights" + _suffix)}[e] * {CodeWavelets.Shape(_context, wavelets.Mother)}(({_mapped}[{rows}[i]] - {s.Id("Translations" + _suffix)}[e]) * {s.Id("InverseScales" + _suffix)}[e])";
        }

        if (_plan.HasBase)
        {
            Table("BaseWeights", (_, edge) => _plan.BaseWeight(edge.Input, edge.Output));
            _text.Line($"{s.Real} b = {_context.Apply(_step.BaseActivation!, $"{Base}[{rows}[i]]")};");
            term += $" + {s.Id("BaseWeights" + _suffix)}[e] * b";
        }

        _text.Line($"for (int e = {first}[i]; e < {first}[i + 1]; e++)");
        _text.Line($"    y[{outputs}[e]] += {term};");
        _text.Close();

        void Table(string name, Func<int, (int Input, int Output), double> value) =>
            s.Table(_context.Tables, name + _suffix, [.. _plan.Edges.Select(edge => value((edge.Input * _step.Outputs) + edge.Output, edge))]);
    }

    private void Symbolic()
    {
        foreach (IGrouping<int, LoweredEdge> edges in _step.Symbolic.GroupBy(edge => edge.Input).OrderBy(group => group.Key))
        {
            string name = $"x{edges.Key}";
            if (edges.Any(edge => edge.Function.Variables.Count > 0))
                _text.Line($"double {name} = x[{edges.Key}];");
            foreach (LoweredEdge edge in edges)
                _text.Line($"y[{edge.Output}] += {CodeFormulas.Print(_context, edge.Function, new Dictionary<string, string> { [LoweredEdge.Variable] = name })};");
        }
    }
}
