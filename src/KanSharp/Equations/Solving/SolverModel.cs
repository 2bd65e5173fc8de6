using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Equations.Solving;

/// <summary>The network of a window and what a solver does to it between rounds.</summary>
internal abstract class SolverModel
{
    /// <summary>From points [N, d] to the unknowns' outputs.</summary>
    public abstract Module<double> Module { get; }

    /// <summary>Intervals of the grids of space.</summary>
    public abstract int Intervals { get; }

    /// <summary>Number of trainable values.</summary>
    public int Parameters => (int)Module.CountParameters();

    /// <summary>The same function on finer grids.</summary>
    public abstract SolverModel Refine(int intervals);

    /// <summary>The same function, nearly, with knots where its curvature asks for them.</summary>
    public abstract SolverModel MoveKnots(Tensor<double> points);

    /// <summary>Lets inner grids follow their inputs.</summary>
    /// <returns>Whether any changed.</returns>
    public virtual bool Follow(Tensor<double> points) => false;

    /// <summary>A copy for the next window of time, whose grid of time lies there.</summary>
    /// <param name="axis">The time.</param>
    /// <param name="from">The window of this model.</param>
    /// <param name="to">The next one.</param>
    public abstract SolverModel Shift(int axis, (double Start, double End) from, (double Start, double End) to);

    /// <summary>A copy with parameters of its own.</summary>
    public abstract SolverModel Clone();

    /// <summary>As a network of the usual kind.</summary>
    public abstract KanNetwork<double> ToNetwork();

    /// <summary>Maps knots from one range to another.</summary>
    protected static void Move(Span<double> knots, (double Low, double High) from, (double Low, double High) to)
    {
        double factor = (to.High - to.Low) / (from.High - from.Low);
        foreach (ref double knot in knots)
            knot = to.Low + (knot - from.Low) * factor;
    }
}
