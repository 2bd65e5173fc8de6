using KanSharp.Autodiff;
using KanSharp.Layers;

namespace KanSharp.Networks;

/// <content>Moving, refining and elevating the grids.</content>
public sealed partial class KanNetwork<T>
{
    /// <summary>Moves the grids of all layers to where the data are; see <see cref="GridUpdate"/>. Changes knots and coefficients in place.</summary>
    /// <param name="inputs">Samples [N, inputs].</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <returns>One report per layer.</returns>
    public IReadOnlyList<GridUpdateReport> UpdateGrid(Tensor<T> inputs, GridUpdateOptions? options = null) =>
        GridUpdate.Apply(this, inputs, options);

    /// <summary>
    /// A network on finer grids that computes the same: knots are inserted where they are nested (to rounding), else the functions are projected with exact
    /// quadrature; see <see cref="GridRefinement"/>. Given samples, hidden grids also move to the range of their inputs. This network is unchanged.
    /// </summary>
    /// <param name="intervals">Intervals of every grid, at least 1.</param>
    /// <param name="inputs">Samples [..., inputs] for ranges, quantiles and the report; null (default) without.</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <exception cref="ArgumentException">An option is out of range, shapes do not fit, or a sample leads to a value that is not finite.</exception>
    public RefineResult<T> Refine(int intervals, Tensor<T>? inputs = null, RefineOptions? options = null) =>
        Refine([.. Enumerable.Repeat(intervals, _layers.Length)], inputs, options);

    /// <summary>The same with a number of intervals for each layer, input first.</summary>
    /// <inheritdoc cref="Refine(int, Tensor{T}?, RefineOptions?)"/>
    public RefineResult<T> Refine(IReadOnlyList<int> intervals, Tensor<T>? inputs = null, RefineOptions? options = null) =>
        NetworkRefinement.Refine(this, intervals, inputs, options ?? new RefineOptions());

    /// <summary>A network of higher degree that computes the same; see <see cref="GridRefinement.Elevate"/>.</summary>
    /// <param name="degree">Degree of all layers, that of the highest one at least.</param>
    /// <param name="simpleKnots">Whether knots stay simple, and the functions change a little. Default false.</param>
    /// <exception cref="ArgumentException">The degree is out of range.</exception>
    public RefineResult<T> Elevate(int degree, bool simpleKnots = false)
    {
        RefinedLayer<T>[] layers = [.. _layers.Select(layer => GridRefinement.Elevate(layer, degree, simpleKnots))];
        return new RefineResult<T>(With([.. layers.Select(layer => layer.Layer)]), layers);
    }

    /// <summary>
    /// A network whose grids have as many intervals as before but reach just past the range of their inputs; the functions are projected onto them. This
    /// network is unchanged.
    /// </summary>
    /// <param name="inputs">Samples [N, inputs].</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <exception cref="ArgumentException">An option is out of range, or a sample leads to a value that is not finite.</exception>
    public FollowResult<T> FollowRange(Tensor<T> inputs, FollowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        KanNetwork<T> copy = Clone();
        IReadOnlyList<GridUpdateReport> reports = new RangeFollower<T>(options ?? new FollowOptions(), null).Apply(copy, inputs, out NonFiniteInput? failure);
        return failure is { } found
            ? throw new ArgumentException($"Range following: {found.Describe(found.Row)}; grids need finite inputs.", nameof(inputs))
            : new FollowResult<T>(copy, reports);
    }
}
