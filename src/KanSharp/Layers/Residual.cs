using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>The sum x + f(x) of a module's input and output, which must have the same shape.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Residual<T> : Module<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Adds the input to a module's output.</summary>
    public Residual(Module<T> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Body = body;
        Members = [("body", body)];
    }

    /// <summary>The module f.</summary>
    public Module<T> Body { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Member<T>> Members { get; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The module changes the shape.</exception>
    public override Var<T> Forward(Var<T> x)
    {
        Var<T> y = Body.Forward(x);
        Check(x, y);
        return x + y;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The module changes the shape.</exception>
    public override Jet<T> Forward(Jet<T> x)
    {
        Jet<T> y = Body.Forward(x);
        Check(x.Value, y.Value);
        return x + y;
    }

    internal override RowPlan? Plan(int features)
    {
        if (Body.Plan(features) is not { } plan)
            return null;
        if (plan.Outputs != features)
            throw new InvalidOperationException($"Residual: the body turns {features} features into {plan.Outputs}; both must be the same to be added.");
        return plan;
    }

    internal override void Evaluate(int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        Body.Evaluate(rows, x, y, executor);
        VectorMath.Add(x, y, y, executor.Width);
    }

    private static void Check(Var<T> x, Var<T> y)
    {
        if (x.Shape != y.Shape)
            throw new InvalidOperationException($"Residual: the body turns shape {x.Shape} into {y.Shape}; both must be the same to be added.");
    }
}
