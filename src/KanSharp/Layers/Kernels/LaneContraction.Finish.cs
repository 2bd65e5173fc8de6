using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The end of the backward pass: partial sums are added in order and taken apart into the gradients of the parameters.</summary>
internal sealed partial class LaneContraction<T>
{
    private sealed class FinishWork(LaneContraction<T> owner) : ParallelWork
    {
        private LayerGradients<T> _gradients;
        private Buffer<T> _partials;

        public void Set(in LayerGradients<T> gradients, Buffer<T> partials)
        {
            _gradients = gradients;
            _partials = partials;
        }

        public override void Execute(int piece)
        {
            (int start, int end) = LanePlan.Part(owner.Inputs, piece, owner._plan.EdgePieces);
            int length = owner.WeightRows * owner.Padded;
            for (int feature = start; feature < end; feature++)
            {
                Span<T> sums = _partials.Span.Slice(feature * length, length);
                for (int rowPiece = 1; rowPiece < owner._plan.RowPieces; rowPiece++)
                    VectorMath.Add(sums, _partials.Span.Slice((rowPiece * owner.Inputs + feature) * length, length), sums, owner._width);
                _gradients.WriteWeights(owner._width, feature, sums, owner._table.Count, owner._outputs, owner.Padded, owner._weights);
            }
        }
    }
}
