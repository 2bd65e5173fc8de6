using System.Numerics;

namespace KanSharp.Autodiff;

/// <summary>
/// The unknowns of a least-squares problem, put in order by the nodes of a recording, and the runs of a Jacobian row: run r lies somewhere in its
/// own region of the unknowns, the regions follow one another, and its length is the same in every row.
/// </summary>
internal sealed class JacobianLayout<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<JacobianRun> _runs = [];
    private readonly List<Segment> _segments = [];
    private readonly HashSet<Node<T>> _told = [];
    private readonly Dictionary<(Parameter<T>, int), (int Run, Node<T>? Place)> _runOf = [];
    private int _rows;

    /// <summary>Collects the layout of a recording.</summary>
    /// <param name="tape">The recording.</param>
    /// <param name="samples">Samples that were recorded.</param>
    public JacobianLayout(Tape<T> tape, int samples)
    {
        Samples = samples;
        foreach (Node<T> node in tape.Nodes)
        {
            if (node is not IRowwiseParameters<T> rowwise)
                continue;
            int before = _runs.Count;
            _rows = node.Shape.Rows;
            rowwise.DeclareRuns(this);
            if (_runs.Count > before)
                (LastRun, EndsLinearly) = (before, node.Index == tape.Count - 1 && rowwise.IsLinear);
        }

        foreach (Node<T> node in tape.Nodes)
        {
            if (node is ParameterNode<T> { Parameter: { Trainable: true } parameter } && !_told.Contains(node))
                Refused.TryAdd(parameter, "is used outside of KAN, linear and normalisation layers");
        }

        Runs = [.. _runs];
    }

    /// <summary>First run of the last node with unknowns.</summary>
    public int LastRun { get; }

    /// <summary>Whether that node is the last of the recording, so that its value depends linearly on its unknowns.</summary>
    public bool EndsLinearly { get; }

    /// <summary>Samples of the recording.</summary>
    public int Samples { get; }

    /// <summary>Trainable parameters of the recording whose derivatives of rows can not be told, and why.</summary>
    public Dictionary<Parameter<T>, string> Refused { get; } = [];

    /// <summary>Number of unknowns P.</summary>
    public int Unknowns { get; private set; }

    /// <summary>Numbers that a row takes, runs padded to whole registers.</summary>
    public int RowLength { get; private set; }

    /// <summary>Numbers of a row that are not padding.</summary>
    public int NonZeros { get; private set; }

    /// <summary>The runs of a row.</summary>
    public JacobianRun[] Runs { get; }

    /// <summary>Where the unknowns are.</summary>
    public IReadOnlyList<Segment> Segments => _segments;

    /// <summary>Says that this use of a parameter is known although the parameter is no unknown.</summary>
    public void Hold(ParameterNode<T> use) => _told.Add(use);

    /// <summary>
    /// Adds a part of a parameter to the unknowns and one run to the rows. A part that was declared before, by a node that computes a derivative of the
    /// same layer, keeps its run: the contributions of both are summed.
    /// </summary>
    /// <param name="use">The use of the parameter.</param>
    /// <param name="start">First element of the part.</param>
    /// <param name="length">Length of the part.</param>
    /// <param name="runLength">Consecutive elements of the part that a row can have derivatives for.</param>
    /// <param name="outputs">Elements per function; the part is a table of functions.</param>
    /// <param name="place">The value that decides where in the part the run lies; null where the run is the part.</param>
    /// <returns>Number of the run.</returns>
    public int Declare(ParameterNode<T> use, int start, int length, int runLength, int outputs, Node<T>? place = null)
    {
        Parameter<T> parameter = use.Parameter;
        _told.Add(use);
        if (_rows != Samples)
            Refused.TryAdd(parameter, $"belongs to a layer that computes {_rows} rows for {Samples} samples, not one for each");
        if (_runOf.TryGetValue((parameter, start), out (int Run, Node<T>? Place) known))
        {
            if (known.Place != place)
                Refused.TryAdd(parameter, "belongs to a layer that is used for two different inputs");
            return known.Run;
        }

        _runOf[(parameter, start)] = (_runs.Count, place);
        _runs.Add(new JacobianRun(Unknowns, length, runLength, outputs, RowLength));
        _segments.Add(new Segment(parameter, start, length, Unknowns));
        Unknowns += length;
        NonZeros += runLength;
        RowLength += _runs[^1].Padded;
        return _runs.Count - 1;
    }

    /// <summary>Copies the unknowns out of their parameters.</summary>
    public void Read(Span<double> unknowns)
    {
        foreach (Segment segment in _segments)
        {
            ReadOnlySpan<T> values = segment.Parameter.Value.Span.Slice(segment.Start, segment.Length);
            Span<double> target = unknowns.Slice(segment.Offset, segment.Length);
            for (int index = 0; index < values.Length; index++)
                target[index] = double.CreateTruncating(values[index]);
        }
    }

    /// <summary>Copies the unknowns into their parameters.</summary>
    public void Write(ReadOnlySpan<double> unknowns)
    {
        foreach (Segment segment in _segments)
        {
            Span<T> values = segment.Parameter.Value.Span.Slice(segment.Start, segment.Length);
            ReadOnlySpan<double> source = unknowns.Slice(segment.Offset, segment.Length);
            for (int index = 0; index < values.Length; index++)
                values[index] = T.CreateTruncating(source[index]);
        }
    }

    /// <summary>Adds the gradients that a backward pass left in the parameters.</summary>
    public void AddGradients(Span<double> gradient)
    {
        foreach (Segment segment in _segments)
        {
            ReadOnlySpan<T> values = segment.Parameter.Gradient.Slice(segment.Start, segment.Length);
            Span<double> target = gradient.Slice(segment.Offset, segment.Length);
            for (int index = 0; index < values.Length; index++)
                target[index] += double.CreateTruncating(values[index]);
        }
    }

    /// <summary>Part of a parameter and its place among the unknowns.</summary>
    public readonly record struct Segment(Parameter<T> Parameter, int Start, int Length, int Offset);
}
