using System.Numerics;
using KanSharp.Autodiff;

namespace KanSharp.Training.LeastSquares;

/// <summary>
/// A nonlinear least-squares problem over the parameters of a module: residuals whose squares add up to the loss, and the rows of their Jacobian in runs.
/// </summary>
internal abstract class LeastSquaresProblem<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowsBytes = 1 << 20;
    private const int MostRowsBytes = 1 << 30;

    /// <summary>The unknowns and the runs of a row.</summary>
    public abstract JacobianLayout<T> Layout { get; }

    /// <summary>Number of residuals.</summary>
    public abstract long Rows { get; }

    /// <summary>Whether the last node's unknowns can be solved for alone.</summary>
    public virtual bool CanProject => Layout.EndsLinearly;

    /// <summary>The loss at the present parameters; not finite where an output is not.</summary>
    public abstract double Loss();

    /// <summary>Goes through all rows of the Jacobian at the present parameters.</summary>
    /// <param name="receive">Takes some of the rows, and their residuals; both are reused afterwards.</param>
    /// <returns>The loss.</returns>
    public abstract double Linearize(Action<JacobianRows, double[]> receive);

    /// <summary>
    /// The same for the unknowns of the last node alone; what the rows say of the others is zero. Only where <see cref="CanProject"/>.
    /// </summary>
    public virtual double LinearizeLast(Action<JacobianRows, double[]> receive) => throw new NotSupportedException("The residuals do not depend linearly on the last node.");

    /// <summary>Rows that are held at a time: about a megabyte of them.</summary>
    protected static int RowsFor(JacobianLayout<T> layout)
    {
        int length = Math.Max(1, layout.RowLength);
        return Math.Min(Math.Clamp(RowsBytes / sizeof(double) / length, 32, 4096), Math.Max(1, MostRowsBytes / sizeof(double) / length));
    }

    /// <summary>Adds to the rows what every node with unknowns contributes, after the backward pass from a residual.</summary>
    protected static void AddRows(Tape<T> tape, Var<T> output, ReadOnlySpan<T> cotangent, JacobianRows rows)
    {
        tape.Backward(output, cotangent);
        foreach (Node<T> node in tape.Nodes)
        {
            if (node is IRowwiseParameters<T> rowwise && !node.Gradient.IsEmpty)
                rowwise.AddRuns(rows);
        }
    }

    /// <summary>Refuses modules with trainable parameters whose derivatives of rows can not be told.</summary>
    /// <exception cref="NotSupportedException">There are such parameters; the message names them.</exception>
    /// <exception cref="ArgumentException">No trainable parameter takes part.</exception>
    protected static void CheckKnown(IEnumerable<(string Path, Parameter<T> Parameter)> parameters, JacobianLayout<T> layout)
    {
        if (layout.Refused.Count > 0)
        {
            var paths = parameters.ToDictionary(entry => entry.Parameter, entry => entry.Path);
            IEnumerable<string> refused = layout.Refused.Select(entry => $"'{paths.GetValueOrDefault(entry.Key, "a parameter that is no member of the module")}' {entry.Value}");
            throw new NotSupportedException(
                $"Levenberg-Marquardt needs the derivatives of single samples and can not tell them: {string.Join("; ", refused)}. Freeze {(layout.Refused.Count == 1 ? "it" : "them")}, or use lbfgs or ssbroyden.");
        }

        if (layout.Unknowns == 0)
            throw new ArgumentException("No trainable parameter takes part in the output.", nameof(parameters));
    }
}
