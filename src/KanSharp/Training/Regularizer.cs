using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Layers.Kernels;

namespace KanSharp.Training;

/// <summary>
/// Computes the penalty of a <see cref="Regularization"/> on a tape: set it as <see cref="Tape{T}.Observer"/> before the forward pass, ask for
/// <see cref="Penalty"/> after it. Nothing of the size samples × inputs × outputs is stored. <see cref="Trainer"/> does this by itself.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Regularizer<T> : ITapeObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Regularization _options;
    private readonly ITapeObserver<T>? _next;
    private readonly List<RecordedLayer<T>> _layers = [];
    private readonly List<EdgeTerm<T>> _terms = [];
    private Tape<T>? _tape;
    private long _recording;

    /// <summary>Creates a regulariser.</summary>
    /// <param name="options">What to penalise.</param>
    /// <param name="next">Another observer that is told of every layer, too.</param>
    public Regularizer(Regularization options, ITapeObserver<T>? next = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _next = next;
    }

    /// <summary>Edge sizes behind the last penalty; their gradients, after a backward pass, are the slopes of the penalty.</summary>
    internal IReadOnlyList<EdgeTerm<T>> Terms => _terms;

    /// <inheritdoc/>
    public void Enter(object layer, Var<T> x)
    {
        if (x.Tape != _tape || x.Tape.Recording != _recording)
        {
            _tape = x.Tape;
            _recording = x.Tape.Recording;
            _layers.Clear();
            _terms.Clear();
        }

        _next?.Enter(layer, x);
    }

    /// <inheritdoc/>
    public void Leave(object layer, Var<T> x, Var<T> y)
    {
        if (layer is KanLinear<T> { IsOff: false } linear)
            _layers.Add(new RecordedLayer<T>(linear, x, y));
        else if (layer is NodeStage<T> stage && _layers.Count > 0 && _layers[^1].Nodes.Node == x.Node)
            _layers[^1] = _layers[^1] with { Stage = stage, Nodes = y };
        _next?.Leave(layer, x, y);
    }

    /// <summary>The penalty for the layers that were computed since the tape was reset, a scalar; 0 if there were none.</summary>
    /// <param name="output">The module's output.</param>
    /// <exception cref="InvalidOperationException">A backward metric, and the KAN layers do not lead straight to the output.</exception>
    public Var<T> Penalty(Var<T> output)
    {
        Tape<T> tape = output.Tape;
        _terms.Clear();
        if (tape != _tape || tape.Recording != _recording || _layers.Count == 0)
            return tape.Constant(T.Zero);
        Var<T>? total = null;
        if (_options.L1 > 0 || _options.Entropy > 0)
            total = Sizes(output);
        if (_options.Coefficients > 0 || _options.CoefficientDifferences > 0 || _options.Smoothness > 0)
        {
            for (int index = 0; index < _layers.Count; index++)
            {
                if (IsFirst(index))
                    Add(ref total, _layers[index].Layer.CoefficientPenalty(tape, _options.Coefficients, _options.CoefficientDifferences, _options.Smoothness));
            }
        }

        return total is { } sum ? sum * T.CreateTruncating(_options.Lambda) : tape.Constant(T.Zero);
    }

    private Var<T>? Sizes(Var<T> output)
    {
        Var<T>? total = null;
        switch (_options.Metric)
        {
            case RegularizationMetric.Weights:
                for (int index = 0; index < _layers.Count; index++)
                {
                    if (IsFirst(index))
                        Add(ref total, EdgeRegularization.Penalty(output.Tape, _layers[index].Layer, _options.L1, _options.Entropy));
                }

                break;
            case RegularizationMetric.EdgeBackward:
            case RegularizationMetric.NodeBackward:
                foreach (Var<T> scores in BackwardScores.Of(_layers, output, _options.Metric == RegularizationMetric.NodeBackward, _options.PykanGradients, _terms))
                    Add(ref total, Matrix(scores, rowsAndColumns: true));
                break;
            default:
                EdgeSize size = _options.Metric switch
                {
                    RegularizationMetric.MeanActivation => EdgeSize.MeanMagnitude,
                    RegularizationMetric.EdgeForward => EdgeSize.Deviation,
                    _ => EdgeSize.RelativeDeviation,
                };
                foreach (RecordedLayer<T> entry in _layers)
                {
                    Var<T> sizes = entry.Layer.EdgeSizes(entry.X, size);
                    if (_options.PykanGradients && _options.Metric == RegularizationMetric.EdgeForwardSum)
                        sizes = sizes.Detach();
                    _terms.Add(new EdgeTerm<T>(entry, sizes, size));
                    Add(ref total, Matrix(sizes, rowsAndColumns: size != EdgeSize.MeanMagnitude));
                }

                break;
        }

        return total;
    }

    private Var<T> Matrix(Var<T> sizes, bool rowsAndColumns)
    {
        var node = sizes.Tape.Add<SizePenaltyNode<T>>();
        node.Set(sizes.Node, rowsAndColumns, _options.L1, _options.Entropy);
        return new Var<T>(node);
    }

    /// <summary>Whether the layer was not used before: its coefficients count once.</summary>
    private bool IsFirst(int index)
    {
        for (int before = 0; before < index; before++)
        {
            if (_layers[before].Layer == _layers[index].Layer)
                return false;
        }

        return true;
    }

    private static void Add(ref Var<T>? total, Var<T> term) => total = total is { } sum ? sum + term : term;
}
