using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>Prediction through modules one after the other, with two buffers that take turns.</summary>
internal static class ModuleChain<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The plan of the chain; null where one of its modules has none.</summary>
    public static RowPlan? Plan(ReadOnlySpan<Module<T>> modules, int features)
    {
        var plan = new RowPlan(features, 0);
        foreach (Module<T> module in modules)
        {
            if (module.Plan(plan.Outputs) is not { } next)
                return null;
            plan = new RowPlan(next.Outputs, plan.Cost + next.Cost);
        }

        return plan;
    }

    /// <summary>Computes the chain, which has a plan; without modules it is a copy.</summary>
    public static void Evaluate(ReadOnlySpan<Module<T>> modules, int rows, ReadOnlySpan<T> x, Span<T> y, Executor executor)
    {
        if (modules.IsEmpty)
        {
            x.CopyTo(y);
            return;
        }

        if (modules.Length == 1)
        {
            modules[0].Evaluate(rows, x, y, executor);
            return;
        }

        Arena<T> arena = PredictionScratch<T>.Arena;
        (int, int) mark = arena.Mark();
        try
        {
            int features = x.Length / rows;
            int widest = Widest(modules, features);
            Span<T> next = arena.Rent(rows * widest).Span;
            Span<T> spare = modules.Length > 2 ? arena.Rent(rows * widest).Span : default;
            for (int index = 0; index < modules.Length; index++)
            {
                features = modules[index].Plan(features)!.Value.Outputs;
                Span<T> target = index == modules.Length - 1 ? y : next[..(rows * features)];
                modules[index].Evaluate(rows, x, target, executor);
                x = target;
                Span<T> free = spare;
                spare = next;
                next = free;
            }
        }
        finally
        {
            arena.Release(mark);
        }
    }

    /// <summary>Most features between two modules.</summary>
    private static int Widest(ReadOnlySpan<Module<T>> modules, int features)
    {
        int widest = 0;
        foreach (Module<T> module in modules[..^1])
        {
            features = module.Plan(features)!.Value.Outputs;
            widest = Math.Max(widest, features);
        }

        return widest;
    }
}
