using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// Lets the grids of a module follow their inputs, pass after pass: looks at what reaches every KAN layer in one forward pass and moves its grids before the layer
/// computes. Keep one between the steps of a solver; its memory is used again.
/// </summary>
internal sealed class RangeFollower<T> : ITapeObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FollowOptions _options;
    private readonly Tape<T> _tape;
    private List<GridUpdateReport> _reports = [];
    private NonFiniteInput? _failure;

    /// <param name="options">How.</param>
    /// <param name="executor">Where to run; the process-wide one if null.</param>
    public RangeFollower(FollowOptions options, Executor? executor)
    {
        options.Validate();
        _options = options;
        _tape = new Tape<T>(executor) { RecordsGradients = false, Observer = this };
    }

    /// <summary>Follows in every KAN layer; each sees the outputs of the layers already changed.</summary>
    /// <param name="module">The module; knots and coefficients change in place.</param>
    /// <param name="inputs">Samples [N, ...] as the module takes them.</param>
    /// <param name="failure">Null, or which input of which layer is not finite; layers from there on are unchanged.</param>
    /// <returns>One report per layer that was looked at, in the order of computation.</returns>
    public IReadOnlyList<GridUpdateReport> Apply(Module<T> module, Tensor<T> inputs, out NonFiniteInput? failure)
    {
        _reports = [];
        _failure = null;
        _tape.Reset();
        module.Forward(_tape.Constant(inputs));
        failure = _failure;
        return _reports;
    }

    /// <inheritdoc/>
    public void Enter(object layer, Var<T> x)
    {
        if (layer is not KanLinear<T> linear || _failure is not null)
            return;
        _failure = NonFiniteInput.Find(x.Values, linear.Inputs, _reports.Count);
        if (_failure is not null)
            return;
        bool follows = _options.Follow == RangeFollowing.AllLayers || (_options.Follow == RangeFollowing.HiddenLayers && _reports.Count > 0);
        _reports.Add(follows && !linear.IsOff && linear.HasFreeGrid ? RangeFollow.Apply(linear, x.Values, x.Shape.Rows, _options.HeadRoom) : new GridUpdateReport(0, [], 0));
    }

    /// <inheritdoc/>
    public void Leave(object layer, Var<T> x, Var<T> y)
    {
    }
}
