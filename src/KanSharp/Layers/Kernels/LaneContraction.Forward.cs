using System.Runtime.CompilerServices;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The forward pass: a piece is some blocks of rows.</summary>
internal sealed partial class LaneContraction<T>
{
    private sealed class ForwardWork(LaneContraction<T> owner) : ParallelWork
    {
        private Buffer<T> _bias;
        private Buffer<T> _y;
        private Buffer<T> _tables;

        public void Set(Buffer<T> bias, Buffer<T> y, Buffer<T> tables)
        {
            _bias = bias;
            _y = y;
            _tables = tables;
        }

        public override void Execute(int piece)
        {
            (int start, int end) = LanePlan.Part(LanePlan.Blocks(owner._rows), piece, owner._plan.ForwardPieces);
            LaneScratch<T> scratch = WorkCache<LaneScratch<T>>.Rent();
            int outputs = owner._outputs;
            scratch.Y.Reserve(outputs * Stride);
            for (int block = start; block < end; block++)
            {
                int row = block * LanePlan.RowBlock;
                int rows = Math.Min(LanePlan.RowBlock, owner._rows - row);
                for (int o = 0; o < outputs; o++)
                    scratch.Y.Slice(o * Stride, owner.Whole(rows)).Fill(_bias.IsEmpty ? T.Zero : At(_bias, o));
                for (int feature = 0; feature < owner.Inputs; feature += LanePlan.FeatureBlock)
                {
                    int features = Math.Min(LanePlan.FeatureBlock, owner.Inputs - feature);
                    owner.Columns(owner._x, row, rows, feature, features, scratch.X);
                    if (!owner._multiplier.IsEmpty)
                        owner.Columns(owner._multiplier, row, rows, feature, features, scratch.Factors);
                    for (int f = 0; f < features; f++)
                        Add(scratch, f, feature + f, rows);
                }

                LaneColumns.ToRows(ref scratch.Y.First, Stride, outputs, rows, ref At(_y, row * outputs), outputs, add: false);
            }

            WorkCache<LaneScratch<T>>.Return(scratch);
        }

        /// <summary>Adds one feature to all outputs.</summary>
        private void Add(LaneScratch<T> scratch, int f, int feature, int rows)
        {
            LanePoints<T> points = owner.Locate(scratch, f, feature, rows);
            ref T bases = ref Unsafe.NullRef<T>();
            if (owner._base is not null)
            {
                Span<T> values = Column(scratch, 0, points.Count);
                owner._base.Evaluate(owner._order, scratch.X.Slice(f * Stride, points.Count), values, owner._width);
                owner.ScaleBases(scratch, f, values);
                bases = ref values[0];
            }

            int length = owner.EdgeLength(owner._order);
            for (int o = 0; o < owner._outputs; o++)
            {
                T weight = owner._base is null ? T.Zero : owner.BaseWeight(feature, o);
                ref T tables = ref At(_tables, (feature * owner._outputs + o) * length);
                owner._value.Add(points, ref tables, ref bases, weight, ref Unsafe.Add(ref scratch.Y.First, o * Stride));
            }
        }
    }
}
