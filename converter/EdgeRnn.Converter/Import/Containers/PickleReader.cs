using System;
using System.Collections.Generic;

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>
/// Reads the pickle of a state_dict as data. The opcodes are those torch.save writes (protocol 2); the only calls it follows
/// are the three that describe tensors and dictionaries, and they build values of this namespace. Any other call is refused
/// by the name of what it asks to run. Opcodes are documented in Python's pickletools.
/// </summary>
internal sealed class PickleReader
{
    private const int _maxOperations = 4_000_000;
    private const int _maxStack = 200_000;

    private static readonly object _mark = new();
    private static readonly object[] _emptyTuple = [];

    private readonly PickleBytes _bytes;
    private readonly string _where;
    private readonly List<object?> _stack = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private PickleGlobal? _foreign;

    private PickleReader(byte[] bytes, string where)
    {
        _bytes = new PickleBytes(bytes, where);
        _where = where;
    }

    /// <summary>The value a pickle describes.</summary>
    /// <param name="bytes">The pickle.</param>
    /// <param name="where">File and entry, for messages.</param>
    /// <exception cref="ConversionException">Damaged, of another protocol, or asking for more than data.</exception>
    public static object? Read(byte[] bytes, string where) => new PickleReader(bytes, where).Run();

    private object? Run()
    {
        for (int operation = 0; operation < _maxOperations; operation++)
        {
            byte opcode = _bytes.Byte();
            if (opcode == (byte)'.') return Result();
            Execute(opcode);
            if (_stack.Count > _maxStack) throw _bytes.Damaged($"more than {_maxStack} values on its stack");
        }
        throw _bytes.Damaged($"more than {_maxOperations} operations");
    }

    private object? Result()
    {
        object? result = Pop();
        if (_stack.Count != 0) throw _bytes.Damaged("values left over");
        if (_bytes.Remaining != 0) throw _bytes.Damaged("bytes behind its end");
        if (_foreign != null) throw Refused($"names {_foreign}, which is no part of a state_dict");
        return result;
    }

    private void Execute(byte opcode)
    {
        switch ((char)opcode)
        {
            case '\x80': CheckProtocol(); break;
            case '(': _stack.Add(_mark); break;
            case '0': Pop(); break;
            case '1': PopToMark(); break;
            case 'N': _stack.Add(null); break;
            case '\x88': _stack.Add(true); break;
            case '\x89': _stack.Add(false); break;
            case 'J': _stack.Add((long)_bytes.Int32()); break;
            case 'K': _stack.Add((long)_bytes.Byte()); break;
            case 'M': _stack.Add((long)_bytes.UInt16()); break;
            case '\x8a': _stack.Add(_bytes.LongInteger()); break;
            case 'G': _stack.Add(_bytes.BigEndianDouble()); break;
            case 'X': _stack.Add(_bytes.Text(_bytes.Int32())); break;
            case 'U': _stack.Add(_bytes.Text(_bytes.Byte())); break;
            case 'T': _stack.Add(_bytes.Text(_bytes.Int32())); break;
            case ')': _stack.Add(_emptyTuple); break;
            case 't': _stack.Add(PopToMark()); break;
            case '\x85': _stack.Add(PopTuple(1)); break;
            case '\x86': _stack.Add(PopTuple(2)); break;
            case '\x87': _stack.Add(PopTuple(3)); break;
            case ']': _stack.Add(new List<object?>()); break;
            case 'l': _stack.Add(new List<object?>(PopToMark())); break;
            case 'a': Append([Pop()]); break;
            case 'e': Append(PopToMark()); break;
            case '}': _stack.Add(new PickleDictionary()); break;
            case 'd': SetItems(new PickleDictionary(), PopToMark(), push: true); break;
            case 's': SetItems(null, PopTuple(2), push: false); break;
            case 'u': SetItems(null, PopToMark(), push: false); break;
            case 'h': _stack.Add(Memo(_bytes.Byte())); break;
            case 'j': _stack.Add(Memo((uint)_bytes.Int32())); break;
            case 'q': _memo[_bytes.Byte()] = Peek(); break;
            case 'r': _memo[(uint)_bytes.Int32()] = Peek(); break;
            case 'c': PushGlobal(); break;
            case 'R': Reduce(); break;
            case 'b': Build(); break;
            case 'Q': _stack.Add(PickleTorch.Storage(Pop(), _bytes)); break;
            case '\x81': Pop(); throw WholeObject(Pop());
            case 'i': throw WholeObject(new PickleGlobal(_bytes.Line(), _bytes.Line()));
            case 'o': throw WholeObject(PopToMark() is [PickleGlobal type, ..] ? type : null);
            default: throw _bytes.Damaged($"opcode 0x{opcode:x2}, which a state_dict saved by torch.save does not use");
        }
    }

    private void CheckProtocol()
    {
        byte protocol = _bytes.Byte();
        if (protocol != 2)
        {
            throw new ConversionException($"{_where}: pickle protocol {protocol}, expected 2; " +
                "save with torch.save(model.state_dict(), f) and its default pickle_protocol");
        }
    }

    private void PushGlobal()
    {
        PickleGlobal global = new(_bytes.Line(), _bytes.Line());
        // Kept as a mere name, to be refused by what the pickle wants with it.
        if (!PickleTorch.IsKnown(global)) _foreign ??= global;
        _stack.Add(global);
    }

    private void Reduce()
    {
        object? arguments = Pop();
        if (Pop() is not PickleGlobal function) throw _bytes.Damaged("a call of something that is no function");
        if (!PickleTorch.IsCallable(function))
        {
            // torch.nn classes are objects of a saved module, not calls somebody planted.
            if (function.Module.StartsWith("torch.nn.", StringComparison.Ordinal)) throw WholeObject(function);
            throw Refused($"asks to run {function}");
        }
        if (arguments is not object?[] tuple) throw _bytes.Damaged($"arguments of {function} that are no tuple");
        _stack.Add(PickleTorch.Call(function, tuple, _bytes));
    }

    /// <summary>torch.save writes the state of an OrderedDict this way (its _metadata); it is not needed.</summary>
    private void Build()
    {
        Pop();
        if (Peek() is not PickleDictionary) throw _bytes.Damaged("a state for something other than a dictionary");
    }

    private void Append(object?[] items)
    {
        if (Peek() is not List<object?> list) throw _bytes.Damaged("items for something that is no list");
        list.AddRange(items);
    }

    private void SetItems(PickleDictionary? dictionary, object?[] items, bool push)
    {
        if (push) _stack.Add(dictionary);
        dictionary ??= Peek() as PickleDictionary;
        if (dictionary == null || items.Length % 2 != 0) throw _bytes.Damaged("pairs for something that is no dictionary");
        for (int i = 0; i < items.Length; i += 2) dictionary.Set(items[i], items[i + 1]);
    }

    private object? Memo(uint index) =>
        _memo.TryGetValue(index, out object? value) ? value : throw _bytes.Damaged($"a reference to value {index}, which does not exist");

    private object? Peek()
    {
        if (_stack.Count == 0 || _stack[^1] == _mark) throw _bytes.Damaged("an operation without a value");
        return _stack[^1];
    }

    private object? Pop()
    {
        object? value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] PopTuple(int count)
    {
        object?[] items = new object?[count];
        for (int i = count - 1; i >= 0; i--) items[i] = Pop();
        return items;
    }

    private object?[] PopToMark()
    {
        int mark = _stack.LastIndexOf(_mark);
        if (mark < 0) throw _bytes.Damaged("the end of a list that never began");
        object?[] items = [.. _stack.GetRange(mark + 1, _stack.Count - mark - 1)];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private ConversionException WholeObject(object? type) => new(
        $"{_where}: holds a whole Python object ({(type as PickleGlobal)?.ToString() ?? "of unknown type"}), whose code would have " +
        "to run; save only its weights: torch.save(model.state_dict(), f)");

    private ConversionException Refused(string what) => new(
        $"{_where}: {what}; nothing in a file is run: save only weights with torch.save(model.state_dict(), f)");
}
