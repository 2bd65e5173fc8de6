using KanSharp.Data;

namespace KanSharp.Interchange.PyTorch;

/// <summary>Tensors from views of storages: row-major little-endian bytes. A view that is row-major already shares the bytes of its storage.</summary>
internal sealed class StorageViews(PyTorchArchive archive, string? file)
{
    private const long Allowance = 1 << 20, MostCopies = 8, MostViews = 32;

    private readonly Dictionary<string, (ElementType Type, byte[] Bytes)> _storages = new(StringComparer.Ordinal);
    private long _held, _copied, _viewed;

    /// <summary>The tensor of a view.</summary>
    /// <exception cref="ModelFileException">The view leaves its storage, or repeats it beyond measure.</exception>
    public SafetensorsTensor Tensor(string name, PickleValue.Tensor view)
    {
        string where = SafetensorsText.WhereTensor(PickleValue.Shortened(name));
        int size = ElementCodec.SizeOf(view.Source.Type);
        long count = 1, last = view.Offset;
        try
        {
            checked
            {
                foreach (long extent in view.Shape)
                    count *= extent;
                for (int axis = 0; axis < view.Shape.Length && count > 0; axis++)
                    last += (view.Shape[axis] - 1) * view.Strides[axis];
            }
        }
        catch (OverflowException error)
        {
            throw new ModelFileException("its size or strides are beyond all numbers", file, where, error);
        }

        if (count > 0 && last >= view.Source.Count)
            throw new ModelFileException($"reaches element {last} of a storage of {view.Source.Count}", file, where);
        if (count > Array.MaxLength / size || view.Shape.Any(extent => extent > int.MaxValue))
            throw new ModelFileException($"{count} elements; up to {Array.MaxLength} bytes can be read", file, where);
        byte[] storage = Bytes(view.Source, size, where);
        int[] shape = [.. view.Shape.Select(extent => (int)extent)];
        bool shared = count == 0 || IsRowMajor(view);

        // a stride of 0 repeats an element without end
        _copied += shared ? 0 : count;
        if (_copied > Allowance + MostCopies * _held)
            throw new ModelFileException($"repeats its storage: {_copied} elements out of {_held}", file, where);

        // names of one storage take a few bytes each here, and all its elements where tensors become parameters
        _viewed += count;
        if (_viewed > Allowance + MostViews * _held)
            throw new ModelFileException($"too many tensors share their storages: {_viewed} elements out of {_held}", file, where);
        return new SafetensorsTensor(
            name, view.Source.Type, shape, shared ? storage.AsMemory((int)(count > 0 ? view.Offset : 0) * size, (int)count * size) : Copy(view, storage, (int)count, size));
    }

    private byte[] Bytes(PickleValue.Storage storage, int size, string where)
    {
        if (_storages.TryGetValue(storage.Key, out (ElementType Type, byte[] Bytes) known))
        {
            return known.Type == storage.Type && known.Bytes.Length == storage.Count * size
                ? known.Bytes
                : throw new ModelFileException($"two tensors read storage '{PickleValue.Shortened(storage.Key)}' as numbers of different kinds", file, where);
        }

        if (storage.Count > Array.MaxLength / size)
            throw new ModelFileException($"storage '{PickleValue.Shortened(storage.Key)}' has {storage.Count} elements; up to {Array.MaxLength} bytes can be read", file, where);
        byte[] bytes = archive.Storage(storage.Key, storage.Count * size);
        if (archive.IsBigEndian)
            ElementCodec.ReverseElements(bytes, size);
        _storages.Add(storage.Key, (storage.Type, bytes));
        _held += storage.Count;
        return bytes;
    }

    private static bool IsRowMajor(PickleValue.Tensor view)
    {
        long expected = 1;
        for (int axis = view.Shape.Length - 1; axis >= 0; axis--)
        {
            if (view.Shape[axis] != 1 && view.Strides[axis] != expected)
                return false;
            expected *= view.Shape[axis];
        }

        return true;
    }

    private static byte[] Copy(PickleValue.Tensor view, byte[] storage, int count, int size)
    {
        byte[] copy = new byte[count * size];
        var index = new long[view.Shape.Length];
        long at = view.Offset;
        for (int target = 0; target < count; target++)
        {
            storage.AsSpan((int)at * size, size).CopyTo(copy.AsSpan(target * size));
            for (int axis = index.Length - 1; axis >= 0; axis--)
            {
                at += view.Strides[axis];
                if (++index[axis] < view.Shape[axis])
                    break;
                at -= view.Strides[axis] * view.Shape[axis];
                index[axis] = 0;
            }
        }

        return copy;
    }
}
